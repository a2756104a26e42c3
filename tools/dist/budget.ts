import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SystemName } from './run-modules.ts';

/**
 * Beside Electron, which alone is more than 200 MB. libvips is 19 on Windows; the universal app of macOS has it twice, once for each
 * processor.
 */
export const mostMegabytes: Readonly<Record<SystemName, number>> = { linux: 40, windows: 50, mac: 70 };

/** @throws where what is in the folder is more, and says by what. */
export function refuseTooLarge(folder: string, most: number): void {
  const sizes = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => {
    const stat = statSync(join(folder, path));
    return { path, bytes: stat.isFile() ? stat.size : 0 };
  });
  const bytes = sizes.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes <= most * 1_000_000) return;
  const largest = sizes.toSorted((a, b) => b.bytes - a.bytes).slice(0, 5);
  const told = largest.map((file) => `${file.path} ${inMegabytes(file.bytes)}`).join(', ');
  throw new Error(`${folder} is ${inMegabytes(bytes)}, of ${most} MB at most; the largest: ${told}`);
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
