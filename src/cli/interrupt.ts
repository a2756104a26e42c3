import { exitCode } from './exit-codes.ts';
import { outputLost } from './guard-process.ts';

/** How long a thread may still be busy after the summary of an interrupted run, in milliseconds. */
const patienceMs = 300;

/**
 * Turns Ctrl-C (and SIGTERM, and output that cannot be written) into an abort: the run ends cleanly and its
 * summary is still told. A second Ctrl-C does not wait.
 */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) endAtOnce();
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  if (outputLost.aborted) controller.abort(outputLost.reason);
  outputLost.addEventListener('abort', () => controller.abort(outputLost.reason));
  return controller.signal;
}

/** For an interrupted run that has told its summary: what a thread is still busy with is not waited for. */
export function endSoon(): void {
  setTimeout(endAtOnce, patienceMs).unref();
}

/**
 * `process.exit()` waits for native work that a thread is in the middle of (an AVIF file can take a minute). The
 * signal's own default does not, and shells report it as 130 too.
 */
function endAtOnce(): void {
  if (process.platform === 'win32') process.exit(exitCode.interrupted);
  process.removeAllListeners('SIGINT');
  process.kill(process.pid, 'SIGINT');
}
