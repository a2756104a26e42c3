/** Work that can be asked to stop, and be ended if asking does not help. */
export interface Cancellable {
  cancel(): void;
  kill(): void;
}

/** On abort, asks the work to stop, and ends it when the grace period is over. Returns a function that disarms this. */
export function cancelWithGrace(
  signal: AbortSignal | undefined,
  work: Cancellable,
  graceMs: number,
): () => void {
  if (!signal) return () => {};
  let grace: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    work.cancel();
    grace = setTimeout(() => work.kill(), graceMs);
  };
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  return () => {
    clearTimeout(grace);
    signal.removeEventListener('abort', onAbort);
  };
}
