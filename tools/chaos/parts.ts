import { readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { partsIn } from './folder.ts';

const patienceMs = 30_000;

/** Waits until a file of the folder, finished or not, has so many bytes. */
export async function untilOnDisk(folder: string, bytes: number): Promise<void> {
  const until = performance.now() + patienceMs;
  while (performance.now() < until) {
    if (sizesIn(folder).some((size) => size >= bytes)) return;
    await sleep(5);
  }
  throw new Error(`Waited in vain for ${bytes} bytes in ${folder}.`);
}

/** As if the hidden files had lain there for weeks. */
export function age(folder: string): void {
  const weeksAgo = Date.now() / 1_000 - 30 * 24 * 3600;
  for (const name of partsIn(folder)) utimesSync(join(folder, name), weeksAgo, weeksAgo);
}

function sizesIn(folder: string): number[] {
  try {
    return readdirSync(folder).map(
      (name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0,
    );
  } catch {
    // The run has not made it yet.
    return [];
  }
}
