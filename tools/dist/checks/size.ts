import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DistCheck } from '../tree.ts';

const mostBytes = 40 * 1_000_000;

/** Electron alone is more than 200 MB: what we add to it is to stay small beside that. */
export const check: DistCheck = {
  name: 'size',
  async run({ packed }) {
    const resources = join(packed, 'resources');
    const sizes = readdirSync(resources, { recursive: true, encoding: 'utf8' }).map((path) => {
      const stat = statSync(join(resources, path));
      return { path, bytes: stat.isFile() ? stat.size : 0 };
    });
    const bytes = sizes.reduce((sum, file) => sum + file.bytes, 0);
    if (bytes <= mostBytes) return undefined;
    const largest = sizes.toSorted((a, b) => b.bytes - a.bytes).slice(0, 5);
    const told = largest.map((file) => `${file.path} ${inMegabytes(file.bytes)}`).join(', ');
    throw new Error(`resources is ${inMegabytes(bytes)}, of 40 MB at most; the largest: ${told}`);
  },
};

function inMegabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
