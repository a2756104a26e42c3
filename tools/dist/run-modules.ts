import { cpSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { packageFolder } from '../notices/notices.ts';

export type SystemName = 'linux' | 'mac' | 'windows';
export type ArchName = 'x64' | 'arm64';

/** All that is not bundled into `out/` (ADR 85). */
export const notBundled: readonly string[] = ['piscina', 'libheif-js', 'sharp'];

/** What packages name and nothing that runs requires: emnapi's tslib is for bundlers. */
const neverRequired: ReadonlySet<string> = new Set(['tslib']);

/** The files of a package that are needed, where those are few. */
const needed: Readonly<Record<string, RegExp>> = {
  piscina: /^(dist\/|LICENSE$|package\.json$)/,
  'libheif-js': /^(package\.json|LICENSE|libheif-wasm\/(LICENSE|libheif\.js|libheif\.wasm))$/,
  sharp: /^(dist\/|LICENSE$|package\.json$)/,
  '@emnapi/runtime': /^(dist\/emnapi\.cjs(\.min)?\.js|index\.js|LICENSE|package\.json)$/,
};
const neverNeeded = /\.(d\.[cm]?ts|map|bnf)$|^(?!licen[cs]e)[^/]*\.(md|markdown)$|^(bin|node_modules)\//i;

const npmNames: Readonly<Record<SystemName, string>> = { linux: 'linux', mac: 'darwin', windows: 'win32' };

/** sharp's library for the system; Linux' window has the WebAssembly instead (ADR 14). On Windows libvips is in it. */
export function sharpLibraries(system: SystemName, archs: readonly ArchName[]): string[] {
  if (system === 'linux') return ['@img/sharp-wasm32'];
  return archs.flatMap((arch) => {
    const name = `${npmNames[system]}-${arch}`;
    return system === 'mac' ? [`@img/sharp-${name}`, `@img/sharp-libvips-${name}`] : [`@img/sharp-${name}`];
  });
}

/**
 * Copies the packages into one folder, each once, and returns where they were. Not what they have as optional: piscina's
 * `@napi-rs/nice` is loaded for `niceIncrement` alone, which we do not set, and sharp's libraries are named.
 * @param elsewhere what is for another processor or system than the checkout's.
 */
export function copyRunModules(
  root: string,
  to: string,
  libraries: readonly string[],
  elsewhere?: string,
): string[] {
  const copied = new Map<string, string>();
  const copy = (name: string, from: string) => {
    const folder = packageFolder(name, from) ?? (elsewhere && packageFolder(name, elsewhere));
    if (folder === undefined) throw new Error(`${name} is not installed: npm ci`);
    const former = copied.get(name);
    if (former === folder) return;
    if (former !== undefined) throw new Error(`${name} is needed in two versions: ${former} and ${folder}`);
    copied.set(name, folder);
    cpSync(folder, join(to, name), { recursive: true, filter: (file) => isNeeded(name, folder, file) });
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    for (const dependency of Object.keys(manifest.dependencies ?? {})) {
      if (!neverRequired.has(dependency)) copy(dependency, folder);
    }
  };
  for (const name of [...notBundled, ...libraries]) copy(name, root);
  return [...copied.values()];
}

function isNeeded(name: string, folder: string, file: string): boolean {
  const path = relative(folder, file).replaceAll('\\', '/');
  if (statSync(file).isDirectory()) return !neverNeeded.test(`${path}/`);
  return !neverNeeded.test(path) && (needed[name]?.test(path) ?? true);
}
