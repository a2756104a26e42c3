import { lstatSync, renameSync, rmSync, type Stats } from 'node:fs';

/** What Windows says of a file that another program holds without sharing it: a virus scanner, an indexer, a viewer. */
const heldCodes = new Set(['EPERM', 'EACCES', 'EBUSY']);
/** How long to wait before each further try, in milliseconds: 1.3 s in all. A scanner is mostly done in tens of them. */
const waitsMs = [5, 10, 20, 40, 80, 160, 320, 640];

/**
 * Does something to files again while Windows refuses it, as the many programs do that write whole files there. Other
 * systems let a file be renamed and removed whoever has it open.
 * @param mayEnd whether what is refused may be granted later.
 */
export function untilLetGo(
  act: () => void,
  mayEnd: () => boolean = () => true,
  platform: NodeJS.Platform = process.platform,
): void {
  for (const ms of platform === 'win32' ? waitsMs : []) {
    try {
      act();
      return;
    } catch (error) {
      if (!heldCodes.has((error as NodeJS.ErrnoException).code ?? '') || !mayEnd()) throw error;
    }
    // Without the event loop: a file is written and named in one turn.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  }
  act();
}

/** Renames a file, onto another one if there is one. */
export function renameWhenFree(from: string, to: string): void {
  untilLetGo(
    () => renameSync(from, to),
    () => mayBeReplaced(to),
  );
}

/** Removes a file if it is there. */
export function removeWhenFree(path: string): void {
  untilLetGo(() => rmSync(path, { force: true }));
}

/** A folder, or a file that a person has protected, is refused for as long as one waits. */
export function mayBeReplaced(path: string, look: (path: string) => Stats | undefined = lookAt): boolean {
  try {
    const stat = look(path);
    return stat === undefined || (!stat.isDirectory() && (stat.mode & 0o200) !== 0);
  } catch {
    // Windows also refuses a look at a file that is being removed, or held without sharing it.
    return true;
  }
}

function lookAt(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

/** @returns false if it is still refused after all tries. */
export function removeIfFree(
  path: string,
  remove: (path: string) => void = (each) => rmSync(each, { force: true }),
): boolean {
  try {
    untilLetGo(() => remove(path));
    return true;
  } catch (error) {
    if (heldCodes.has((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}
