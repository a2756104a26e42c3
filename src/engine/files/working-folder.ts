import { UsageError } from '../../shared/failure.ts';

/**
 * Before anything that needs the working directory: relative paths, and worker threads, which do not start without one.
 * @throws UsageError where it has been removed.
 */
export function assertWorkingFolder(): void {
  try {
    process.cwd();
  } catch (error) {
    throw asWorkingFolderGone(error);
  }
}

/** What a thread that could not start says, as what it means; anything else as it is. */
export function asWorkingFolderGone(error: unknown): unknown {
  if (!(error instanceof Error) || (error as NodeJS.ErrnoException).syscall !== 'uv_cwd') return error;
  return new UsageError(
    'The folder you are in has been removed: change to one that is there, and try again.',
    {
      cause: error,
    },
  );
}
