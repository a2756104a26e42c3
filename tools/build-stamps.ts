import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashOfFiles } from './hash-of-files.ts';

const root = join(import.meta.dirname, '..');

/** What a build is made of. The build writes a hash of it beside its files, last. */
interface Build {
  readonly output: string;
  readonly sources: readonly string[];
}

/** The command line, the library and the worker. */
export const engineBuild: Build = {
  output: 'dist',
  sources: [
    'src/shared',
    'src/codecs',
    'src/engine',
    'src/cli',
    'tools/build-engine.ts',
    'tools/brotli-of-node.ts',
    'tools/wasm-beside.ts',
    'tools/notices',
    'tools/package/public-types.ts',
    'tools/man',
    'tools/write-man.ts',
    'tsconfig.base.json',
    'tsconfig.build.json',
    'package.json',
    'package-lock.json',
  ],
};

/** The window. */
export const appBuild: Build = {
  output: 'out',
  sources: [
    'src/shared',
    'src/codecs',
    'src/engine',
    'src/main',
    'src/preload',
    'src/languages',
    'src/renderer',
    'resources/builder/app-id.ts',
    'tools/app-manifest.ts',
    'tools/build-app.ts',
    'tools/brotli-of-node.ts',
    'tools/wasm-beside.ts',
    'tools/notices',
    'electron.vite.config.ts',
    'package.json',
    'package-lock.json',
  ],
};

export function isStale(build: Build): boolean {
  try {
    return readFileSync(stampOf(build), 'utf8') !== hashOf(build);
  } catch {
    return true;
  }
}

export function markBuilt(build: Build): void {
  writeFileSync(stampOf(build), hashOf(build));
}

function stampOf({ output }: Build): string {
  return join(root, output, '.built-from');
}

function hashOf({ sources }: Build): string {
  return hashOfFiles(root, sources, /\.test(-d)?\.tsx?$/);
}
