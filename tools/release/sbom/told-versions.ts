import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Component } from './cyclonedx.ts';

/**
 * What the libraries of sharp are built of, with versions: their packages tell, where they are installed.
 *
 * @param folders that have node_modules: those that are not of this very version are passed over.
 */
export function toldVersionsOf(
  { 'bom-ref': ref, name, version }: Component,
  folders: readonly string[],
): Component[] {
  if (!name.startsWith('@img/')) return [];
  for (const folder of folders) {
    const read = (file: string) => readJson(join(folder, 'node_modules', name, file));
    if (read('package.json')?.version !== version) continue;
    return Object.entries(read('versions.json') ?? {}).map(([library, itsVersion]) => ({
      'bom-ref': `${ref}#${library}`,
      type: 'library',
      name: library,
      version: itsVersion,
    }));
  }
  return [];
}

function readJson(path: string): Record<string, string> | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
}
