import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Notice } from '../../src/shared/ipc/notices.ts';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string | { readonly type: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Electron brings the licences of its own parts in files of its own. */
const withOwnNotices: ReadonlySet<string> = new Set(['electron']);

/** What a package's WebAssembly is made of has a licence of its own, of which the package has no text. */
const upstream: Readonly<Record<string, string>> = {
  '@cornerstonejs/codec-openjpeg': 'openjpeg.txt',
  '@hyzyla/pdfium': 'pdfium.txt',
  '@jsquash/jxl': 'libjxl.txt',
  thumbhash: 'thumbhash.txt',
};

/** The licence of packages that say it in their file of it alone. */
const unnamed: Readonly<Record<string, string>> = { 'png-js': 'MIT' };

/** Licences that a package has in a folder of its own, beside what has to be said of them. */
const furtherTexts: Readonly<Record<string, { readonly file: string; readonly remark: string }>> = {
  'libheif-js': {
    file: 'libheif-wasm/LICENSE',
    remark:
      'libheif and libde265 are used as this package has them, unchanged and in a file of its own, node_modules/libheif-js/libheif-wasm/libheif.wasm. It may be replaced by another build: docs/adr/0078 tells how.',
  },
};

/** What the sources import and all that it needs in turn, as it is installed: bundled or not, the app contains it. */
export function noticesOf(root: string, names = importedPackages(root)): Notice[] {
  const found = new Map<string, Notice>();
  const add = (name: string, from: string) => {
    const folder = packageFolder(name, from);
    if (folder === undefined || found.has(folder)) return;
    const manifest = manifestIn(folder);
    found.set(folder, noticeOf(folder, manifest));
    for (const needed of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })) {
      add(needed, folder);
    }
  };
  for (const name of names) add(name, root);
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function noticeOf(folder: string, manifest = manifestIn(folder)): Notice {
  const { name, version, license = unnamed[name] ?? 'UNKNOWN' } = manifest;
  return {
    name,
    version,
    license: typeof license === 'string' ? license : license.type,
    text: licenceTexts(folder, name),
  };
}

function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

export function importedPackages(root: string): string[] {
  const names = new Set<string>();
  for (const file of globSync('src/**/*.{ts,tsx}', { cwd: root })) {
    if (file.includes('.test')) continue;
    const source = readFileSync(join(root, file), 'utf8');
    for (const [, from] of source.matchAll(
      /(?:^(?:import|export|\})[^'\n]*\bfrom |^import |\bimport\()'([^'.][^']*)'/gm,
    )) {
      if (from === undefined || from.startsWith('node:')) continue;
      const name = from
        .split('/')
        .slice(0, from.startsWith('@') ? 2 : 1)
        .join('/');
      if (!withOwnNotices.has(name)) names.add(name);
    }
  }
  return [...names].sort();
}

/** Where Node would find a package; undefined for an optional one that is not for this machine. */
export function packageFolder(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (dirname(folder) === folder) return undefined;
  }
}

/** The files of the licence; some packages say it in their README alone. */
function licenceTexts(folder: string, name: string): string {
  const further = furtherTexts[name];
  if (further) return `${further.remark}\n\n${readFileSync(join(folder, further.file), 'utf8').trim()}`;
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  const named = (pattern: RegExp) => files.map(({ name }) => name).filter((name) => pattern.test(name));
  const own = named(/^(licen[cs]e|copying|notice|third.?party)/i);
  const paths = (own.length > 0 ? own : named(/^readme/i)).map((name) => join(folder, name));
  const codec = join(folder, 'codec/LICENSE.codec.md');
  if (existsSync(codec)) paths.push(codec);
  if (upstream[name] !== undefined) paths.push(join(import.meta.dirname, 'upstream', upstream[name]));
  return paths.map((path) => readFileSync(path, 'utf8').trim()).join('\n\n');
}
