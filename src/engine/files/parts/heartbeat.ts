import { fstatSync, ftruncateSync } from 'node:fs';

/** How often a part that is being written is marked as such, in milliseconds. */
const beatMs = 10_000;
/** A part of another machine or container that nobody has marked for this long belongs to nobody, in milliseconds. */
export const abandonedAfterMs = 90_000;

const files = new Set<number>();
let timer: NodeJS.Timeout | undefined;

/**
 * Marks an open file as in use, by its modification time, until it is released: whether its process lives cannot be
 * seen from another machine or PID namespace.
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

/** Without a time of our own, which may be wrong: cutting a file where it ends marks it by the clock of its file system. */
function beat(): void {
  for (const file of files) {
    try {
      ftruncateSync(file, fstatSync(file).size);
    } catch {
      // It cannot be marked; at worst it is started over.
    }
  }
}
