import { readdirSync, readFileSync } from 'node:fs';

/** The files that a thread's event loop keeps open: epoll, io_uring, an eventfd and a pipe. */
const filesOfThread = 5;
/** The image being read, the thumbnail being written, and a module that may be being loaded. */
const filesOfImage = 3;
/** The files that main may have open at any time: the ledger, a list, a folder being read. */
const filesOfMain = 10;
/** A socket, and the file for its body. */
const filesOfRequest = 2;

/**
 * How many more files (including sockets and event descriptors) this process may open. At its start Node raises the
 * soft limit to the hard one, so there is nothing to raise here.
 * @returns Infinity on systems that do not tell: only Linux does.
 */
export function freeFiles(): number {
  try {
    const most = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    if (most === undefined) return Number.POSITIVE_INFINITY;
    return Number(most) - readdirSync('/proc/self/fd').length;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EMFILE' ? 0 : Number.POSITIVE_INFINITY;
  }
}

/** How many of the wanted threads can open the files for an image each. At least one, which then may have to wait. */
export function threadsThatFit(wanted: number, free: number = freeFiles()): number {
  return atLeastOne((free - filesOfMain) / (filesOfThread + filesOfImage), wanted);
}

/** How much a run of fetches may keep open. */
export interface RoomForFetches {
  /** The most requests in flight. */
  readonly requests: number;
  /** The most sockets of a thread, including idle ones. */
  readonly socketsPerThread: number;
}

/**
 * How many requests fit, up to the number wanted, and how many sockets.
 * @param threads the threads that fetch; `imaging` are those that make thumbnails. None of them need have started.
 */
export function roomForFetches(
  { wanted, threads, imaging }: { wanted: number; threads: number; imaging: number },
  free: number = freeFiles(),
): RoomForFetches {
  const taken = filesOfMain + threads * (filesOfThread + 1) + imaging * (filesOfThread + filesOfImage);
  const room = free - taken;
  const requests = atLeastOne(room / filesOfRequest, wanted);
  return { requests, socketsPerThread: atLeastOne((room - requests) / threads, Number.POSITIVE_INFINITY) };
}

export function fewFilesWarning(most: number, wanted: number): string {
  return `Few files may be open at once here: at most ${most} at work instead of ${wanted}. A higher limit (ulimit -n) allows more.`;
}

function atLeastOne(fitting: number, wanted: number): number {
  return Math.max(1, Math.min(wanted, Math.floor(fitting)));
}
