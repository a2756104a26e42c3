import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import type { Reference } from './references.ts';

/**
 * The file that a reference leads to; undefined where it leads to none. `builtin` is what Node or Electron bring. Node's own
 * resolution must not find what is above the app: it has to lie outside of any checkout.
 */
export function resolveReference({ kind, to }: Reference, from: string): string | undefined {
  if (kind !== 'file' && (isBuiltin(to) || to === 'electron')) return 'builtin';
  if (kind === 'file') return existing(join(dirname(from), to));
  if (kind === 'import' && !to.startsWith('.')) return imported(to, from);
  return required(to, from);
}

function required(to: string, from: string): string | undefined {
  try {
    return createRequire(from).resolve(to);
  } catch {
    return undefined;
  }
}

/** `import` of a package by its name may have an entry of its own. */
function imported(name: string, from: string): string | undefined {
  for (let folder = dirname(from); ; folder = dirname(folder)) {
    const manifest = join(folder, 'node_modules', name, 'package.json');
    if (existsSync(manifest)) {
      const { exports } = JSON.parse(readFileSync(manifest, 'utf8'));
      const entry = forImport(exports?.['.'] ?? exports);
      return entry === undefined ? required(name, from) : existing(join(dirname(manifest), entry));
    }
    if (dirname(folder) === folder) return undefined;
  }
}

function forImport(entry: unknown): string | undefined {
  if (typeof entry === 'string') return entry;
  if (typeof entry !== 'object' || entry === null) return undefined;
  for (const [condition, value] of Object.entries(entry)) {
    if (['node', 'import', 'default'].includes(condition)) return forImport(value);
  }
  return undefined;
}

function existing(path: string): string | undefined {
  return existsSync(path) ? path : undefined;
}

export function isFile(path: string): boolean {
  return statSync(path).isFile();
}
