import { fstatSync, ftruncateSync } from 'node:fs';

/** How often a part in progress is marked as in use, in milliseconds. */
const beatMs = 10_000;
/**
 * A part of another machine or container counts as abandoned when nobody has marked it for this long, in milliseconds.
 */
export const abandonedAfterMs = 90_000;

const files = new Set<number>();
let timer: NodeJS.Timeout | undefined;

/**
 * Marks an open file as in use, by its modification time, until it is released. Needed because another machine or PID
 * namespace cannot see whether the file's process is alive.
 */
export function keepFresh(file: number): () => void {
  files.add(file);
  timer ??= setInterval(beat, beatMs).unref();
  return () => {
    files.delete(file);
    if (files.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Does not set a time, as our clock may be wrong: truncating a file at its end marks it by its file system's clock. */
function beat(): void {
  for (const file of files) {
    try {
      ftruncateSync(file, fstatSync(file).size);
    } catch {
      // The file cannot be marked; at worst the download starts over.
    }
  }
}
