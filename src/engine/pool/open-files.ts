import { readdirSync, readFileSync } from 'node:fs';

/** Beside a thread's own work its event loop holds files open: epoll, io_uring, an eventfd and a pipe. */
const filesOfThread = 5;
/** An image that is read, its thumbnail that is written, a part of the program that is loaded just then. */
const filesOfImage = 3;
/** What main may open at any time: the ledger, a list, a folder that is read. */
const filesOfMain = 10;
/** A socket, and the file that its body goes to. */
const filesOfRequest = 2;

/**
 * How many more files (and sockets, and what threads are woken by) this process may open. Node raises its own limit as
 * far as it may when it starts, from the soft one to the hard one: there is nothing to raise here.
 * @returns Infinity where the system does not tell, which only Linux does.
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

/** How many of the threads wanted have room for an image each. At least one, which then has to make do. */
export function threadsThatFit(wanted: number, free: number = freeFiles()): number {
  return atLeastOne((free - filesOfMain) / (filesOfThread + filesOfImage), wanted);
}

/** What a run of fetches may hold open. */
export interface RoomForFetches {
  /** Requests in flight. */
  readonly requests: number;
  /** Sockets of a thread, idle ones included. */
  readonly socketsPerThread: number;
}

/**
 * How many requests fit, at most so many as are wanted, and how many sockets beside them.
 * @param threads that hold them, and of `imaging` that make thumbnails. None of them need have started.
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
