import { UsageError } from '../../shared/failure.ts';

/**
 * Call before anything that needs the working directory: relative paths, and worker threads, which do not start without
 * it.
 * @throws UsageError if it has been removed.
 */
export function assertWorkingFolder(): void {
  try {
    process.cwd();
  } catch (error) {
    throw asWorkingFolderGone(error);
  }
}

/** The working directory; undefined if it has been removed. */
export function workingFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

/** Explains the error of a thread that could not start for lack of a working directory; other errors are unchanged. */
export function asWorkingFolderGone(error: unknown): unknown {
  if (!(error instanceof Error) || (error as NodeJS.ErrnoException).syscall !== 'uv_cwd') return error;
  return new UsageError(
    'The folder you are in has been removed: change to one that is there, and try again.',
    {
      cause: error,
    },
  );
}
