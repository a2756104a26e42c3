/** An item tells its progress at most this often, in milliseconds. */
const everyMs = 100;

/** Tells what a task says of its progress: the first at once, then the latest every so often. */
export function limitedProgress(tell: (progress: unknown) => void): {
  readonly progress: (value: unknown) => void;
  /** The item has ended: nothing is told any more. */
  readonly end: () => void;
} {
  let timer: NodeJS.Timeout | undefined;
  let latest: { readonly value: unknown } | undefined;
  let isOver = false;
  const onTime = (): void => {
    timer = undefined;
    if (!latest) return;
    const { value } = latest;
    latest = undefined;
    timer = setTimeout(onTime, everyMs);
    try {
      tell(value);
    } catch {
      // What cannot be told has been told late: the task is past the call, and its item is none the worse.
    }
  };
  return {
    progress: (value) => {
      if (isOver) return;
      if (timer) {
        latest = { value };
        return;
      }
      tell(value);
      timer = setTimeout(onTime, everyMs);
    },
    end: () => {
      isOver = true;
      clearTimeout(timer);
    },
  };
}
