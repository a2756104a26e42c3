/** The largest pool sizes. Each place has its own limit, for a reason of its own. */
export const poolCeilings = {
  /** More items in flight would need more files and sockets than systems allow by default. */
  terminal: 512,
  /** More threads for thumbnails than this cost memory and gain nothing. */
  thumbnailThreads: 64,
  /** Set by fetches, which wait far more than they compute; each item in flight needs a thread of libuv. */
  window: 128,
  /** The most that the page may ask for on any machine; main clamps it to the machine's own ceiling. */
  message: 1_024,
} as const;

/** The default pool sizes to time. */
export const usualSizesToTune = [1, 2, 4, 8, 13] as const;

/** What has a pool size. A function of the caller's own runs in its thread and waits, a module has threads and computes. */
export type PooledTask = 'thumbnails' | 'fetch' | 'module' | 'function';

/**
 * The pool size where none is asked for: a number, the usual one for the machine and task, or one that is found.
 * A function of the caller's own may ask somebody for something that nothing here sees, so that its size is found only on request.
 */
export const usualPools: Readonly<Record<PooledTask, number | 'usual' | 'auto'>> = {
  thumbnails: 'auto',
  fetch: 'auto',
  module: 'auto',
  function: 'usual',
};

/** The most that an automatic pool size becomes: as many threads as there are at most, or as many sockets as do no harm. */
export const automaticCeilings: Readonly<Record<PooledTask, number>> = {
  thumbnails: poolCeilings.thumbnailThreads,
  fetch: 256,
  module: 64,
  function: 256,
};

/**
 * Whether libuv sees a size of its pool that this process sets for itself. On Windows, before 1.52, it reads the C runtime's
 * copy of the environment, which that does not reach (libuv#4887, mended by libuv#4888). As in `bin/pool-of-threads.cjs`.
 */
export function isSizeSeen(platform: string, libuv: string): boolean {
  const [major = 0, minor = 0] = libuv.split('.').map(Number);
  return platform !== 'win32' || major > 1 || minor >= 52;
}
