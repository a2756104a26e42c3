/** The largest pool sizes. Each place has its own limit, for a reason of its own. */
export const poolCeilings = {
  /** More items in flight would need more files and sockets than systems allow by default. */
  terminal: 512,
  /** More threads than this make no thumbnails: no machine has cores for them. */
  thumbnailThreads: 64,
  /** Set by fetches, which wait far more than they compute; each item in flight needs a thread of libuv. */
  window: 128,
  /** The most that the page may ask for on any machine; main clamps it to the machine's own ceiling. */
  message: 1_024,
} as const;

/** The default pool sizes to time. */
export const usualSizesToTune = [1, 2, 4, 8, 13] as const;
