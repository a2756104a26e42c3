import { exitCode } from './exit-codes.ts';

/**
 * Turns Ctrl-C (and SIGTERM, and a reader that closed our pipe) into an abort: the run ends cleanly and its
 * summary is still told. A second Ctrl-C does not wait.
 */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(exitCode.interrupted);
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      controller.abort();
    });
  }
  return controller.signal;
}
