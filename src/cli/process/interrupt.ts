import { codeOfInterruption, type EndingSignal, endingSignals, Interrupted } from './exit-codes.ts';
import { outputLost } from './guard-process.ts';
import { outlivesTerminal } from './outlives-terminal.ts';

/** How long a thread may still be busy after the summary of an interrupted run, in milliseconds. */
const patienceMs = 300;

/**
 * Signals of one kind that come within this time are one, in milliseconds. npm hands Ctrl-C on to us, who have had it
 * from the terminal; a terminal that closes has its shell send SIGHUP, and sends another when the shell has ended.
 */
const togetherMs: Readonly<Record<EndingSignal, number>> = { SIGINT: 100, SIGTERM: 100, SIGHUP: 1_000 };

/**
 * Turns Ctrl-C, SIGTERM, a terminal that closes and output that cannot be written into an abort: the run ends cleanly
 * and its summary is still told. A second signal does not wait.
 */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  let first: { readonly by: EndingSignal; readonly at: number } | undefined;
  const interrupt = (by: EndingSignal): void => {
    const at = performance.now();
    if (first && (by !== first.by || at - first.at > togetherMs[by])) endAtOnce(by);
    first ??= { by, at };
    controller.abort(new Interrupted(by));
  };
  for (const by of endingSignals) {
    if (by !== 'SIGHUP' || !outlivesTerminal()) process.on(by, () => interrupt(by));
  }
  if (outputLost.aborted) controller.abort(outputLost.reason);
  outputLost.addEventListener('abort', () => controller.abort(outputLost.reason));
  return controller.signal;
}

/** For an interrupted run that has told its summary: what a thread is still busy with is not waited for. */
export function endSoon({ reason }: AbortSignal): void {
  setTimeout(endAtOnce, patienceMs, reason instanceof Interrupted ? reason.by : 'SIGINT').unref();
}

/**
 * `process.exit()` waits for native work that a thread is in the middle of (an AVIF file can take a minute). The
 * signal's own default does not, and shells report it as the same code.
 */
function endAtOnce(by: EndingSignal): void {
  if (process.platform === 'win32') process.exit(codeOfInterruption(new Interrupted(by)));
  process.removeAllListeners(by);
  process.kill(process.pid, by);
}
