import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { threadId } from 'node:worker_threads';
import { systemItemError } from './system-error.ts';

/** Hidden, short whatever the final name, and with the process in it so that leftovers can be told. */
const partName = /^\.shoal-(\d+)-\d+-\d+\.part$/;
/** What is the same in all of this thread's names: made once, as many are. */
const beginning = `.shoal-${process.pid}-${threadId}`;
let counter = 0;

/** A name beside the final one that no other thread or process uses. */
export function partPathFor(output: string): string {
  return partPathIn(dirname(output));
}

/** A name in the folder that no other thread or process uses. */
export function partPathIn(folder: string): string {
  counter += 1;
  return `${folder}${sep}${beginning}-${counter}.part`;
}

/**
 * Writes a whole file so that nobody ever sees half of it: beside the final name, then renamed over it.
 * @throws ItemError with the path that a person knows, not the temporary one.
 */
export function writeWhole(output: string, data: Uint8Array): void {
  const part = partPathFor(output);
  try {
    writeFileSync(part, data);
    renameSync(part, output);
  } catch (error) {
    rmSync(part, { force: true });
    throw systemItemError(error, output, 'write');
  }
}

/** Removes what processes that are no more left half written in a folder. @param names those in it, where they are known. */
export function removeStaleParts(folder: string, names: readonly string[] = readdirSync(folder)): void {
  for (const name of names) {
    const pid = partName.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(folder, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
