/** `node tools/package/figures.ts`: measures the package that is built, and writes the table of docs/package.md. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { engineBuild, isStale } from '../build-stamps.ts';
import { install, sizeOf } from './install.ts';
import { pack } from './pack.ts';

const root = join(import.meta.dirname, '../..');
const page = join(root, 'docs/package.md');
const begin = '<!-- Written by node tools/package/figures.ts -->\n';
const end = '<!-- End -->';

/** As they were measured when the package was first tried, in the same way. */
const firstVersion = {
  tarball: '3.2 MB',
  unpacked: '13.3 MB, 220 files',
  code: '2.9 MB',
  types: '0.17 MB, 100 files',
  wasm: 'in packages of their own',
  maps: '5.4 MB',
  window: '4.8 MB',
  packages: '58',
  installed: '66 MB',
  shoal: '14 MB',
  sharp: '',
  libheif: '',
  time: '6 to 10 s',
};

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(bytes < 1e6 ? 2 : 1)} MB`;

const work = mkdtempSync(join(tmpdir(), 'shoal-figures-'));
try {
  if (isStale(engineBuild)) throw new Error('dist/ is not of these sources: npm run build:engine');
  const { tarball, size, unpackedSize, files } = await pack(root, work);
  const project = join(work, 'project');
  const { packages, seconds, megabytes: installed } = await install(tarball, project);
  const modules = join(project, 'node_modules');
  const of = (...extensions: string[]) => {
    const those = files.filter((path) => extensions.includes(extname(path)));
    return those.reduce((sum, path) => sum + sizeOf(join(modules, 'shoal', path)), 0);
  };
  const now: typeof firstVersion = {
    tarball: megabytes(size),
    unpacked: `${megabytes(unpackedSize)}, ${files.length} files`,
    code: megabytes(of('.cjs')),
    types: `${megabytes(of('.cts'))}, one file`,
    wasm: megabytes(of('.wasm')),
    maps: megabytes(of('.map')),
    window: megabytes(0),
    packages: `${packages}`,
    installed: `${installed} MB`,
    shoal: megabytes(sizeOf(join(modules, 'shoal'))),
    sharp: megabytes(sizeOf(join(modules, 'sharp')) + sizeOf(join(modules, '@img'))),
    libheif: megabytes(sizeOf(join(modules, 'libheif-js'))),
    time: `${seconds} s`,
  };
  const names: Readonly<Record<keyof typeof firstVersion, string>> = {
    tarball: 'tarball',
    unpacked: 'unpacked',
    code: 'of it code',
    types: 'of it types',
    wasm: "of it WebAssembly of the formats' libraries",
    maps: 'of it source maps',
    window: 'of it the window, which cannot run there',
    packages: 'packages installed',
    installed: '`node_modules`',
    shoal: 'of it Shoal',
    sharp: 'of it sharp with libvips',
    libheif: 'of it libheif-js (HEIC)',
    time: '`npm install` in an empty project, its cache warm',
  };
  const rows = (Object.keys(names) as (keyof typeof firstVersion)[]).map(
    (key) => `| ${names[key]} | ${firstVersion[key]} | ${now[key]} |`,
  );
  const table = ['| | 0.1.0 | now |', '|---|---:|---:|', ...rows, ''].join('\n');
  const text = readFileSync(page, 'utf8');
  const from = text.indexOf(begin) + begin.length;
  const to = text.indexOf(end, from);
  if (from < begin.length || to === -1) throw new Error('docs/package.md has no place for the table.');
  writeFileSync(page, text.slice(0, from) + table + text.slice(to));
  console.log(table);
} finally {
  rmSync(work, { recursive: true, force: true });
}
