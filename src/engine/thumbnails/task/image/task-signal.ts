let current: AbortSignal | undefined;

/** Tells which signal aborts the images that the thread works on from now on. */
export function workUntil(signal: AbortSignal): void {
  current = signal;
}

/** What aborts the work on the image that the thread has. */
export function taskSignal(): AbortSignal | undefined {
  return current;
}
