import { cpSync, existsSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A package that the app loads at run time from its own folder, and the files of it that are not needed there. */
interface RunModule {
  readonly name: string;
  readonly without?: RegExp;
  readonly only?: RegExp;
}

const neverNeeded = /\.(d\.[cm]?ts|map|markdown)$|^(?!licen[cs]e).*\.md$|\.package-lock\.json$/i;

/**
 * All that is not bundled into `out/` (ADR 85), with what it needs itself. piscina's `@napi-rs/nice` is left out: it is loaded for
 * `niceIncrement` only, which we do not set.
 */
const onEachPlatform: readonly RunModule[] = [
  { name: 'piscina', without: /^(?!dist\/|LICENSE$|package\.json$|\/$)/ },
  { name: 'libheif-js', only: /^(package\.json|LICENSE|libheif-wasm\/(LICENSE|libheif\.js|libheif\.wasm))$/ },
  { name: 'sharp', without: /^(src|install)\// },
  { name: '@img/colour' },
  { name: 'detect-libc' },
  { name: 'semver', without: /^bin\// },
];

export type SystemName = 'linux' | 'mac' | 'windows';
export type ArchName = 'x64' | 'arm64';

const npmNames: Record<SystemName, string> = { linux: 'linux', mac: 'darwin', windows: 'win32' };

/** sharp's library for the system; Linux' window has the WebAssembly instead (ADR 14). On Windows libvips is in it. */
export function sharpLibraries(system: SystemName, archs: readonly ArchName[]): string[] {
  if (system === 'linux') return ['@img/sharp-wasm32'];
  return archs.flatMap((arch) => {
    const name = `${npmNames[system]}-${arch}`;
    return system === 'mac' ? [`@img/sharp-${name}`, `@img/sharp-libvips-${name}`] : [`@img/sharp-${name}`];
  });
}

/** Copies them from the checkout, or, what is for another processor or system, from where `find` has it. */
export function copyRunModules(
  root: string,
  to: string,
  libraries: readonly string[],
  find: (name: string) => string,
): void {
  const modules = [...onEachPlatform, ...libraries.map((name): RunModule => ({ name }))];
  for (const { name, without, only } of modules) {
    const installed = join(root, 'node_modules', name);
    const from = existsSync(installed) ? installed : find(name);
    cpSync(from, join(to, name), {
      recursive: true,
      dereference: true,
      filter: (file) => {
        const path = relative(from, file).replaceAll('\\', '/');
        if (statSync(file).isDirectory()) return !without?.test(`${path}/`);
        return !neverNeeded.test(path) && !without?.test(path) && (only?.test(path) ?? true);
      },
    });
  }
}
