/** What can be asked to stop, and ended where asking does not help. */
export interface Cancellable {
  cancel(): void;
  kill(): void;
}

/** On abort: ask, then, when the grace is over, no longer. Returns what disarms it. */
export function cancelWithGrace(
  signal: AbortSignal | undefined,
  { cancel, kill }: Cancellable,
  graceMs: number,
): () => void {
  if (!signal) return () => {};
  let grace: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    cancel();
    grace = setTimeout(kill, graceMs);
  };
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  return () => {
    clearTimeout(grace);
    signal.removeEventListener('abort', onAbort);
  };
}
