/** The largest pool sizes: there are three, each with a reason of its own. */
export const poolCeilings = {
  /** More than this in flight needs more files and sockets than systems give by default. */
  terminal: 512,
  /** Fetches wait far more than they compute, so the slider's ceiling is theirs; each of them has a thread of libuv. */
  window: 128,
  /** What the page may ask for at all, whatever main's ceiling on this machine is: main clamps it to that. */
  message: 1_024,
} as const;

/** The pool sizes that are timed where nobody says otherwise. */
export const usualSizesToTune = [1, 2, 4, 8, 13] as const;
