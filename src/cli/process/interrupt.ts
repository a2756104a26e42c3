import { eraseLiveLine } from '../screen/live-line.ts';
import { codeOfInterruption, type EndingSignal, endingSignals, Interrupted } from './exit-codes.ts';
import { outputLost } from './guard-process.ts';
import { outlivesTerminal } from './outlives-terminal.ts';

/** How long a thread may stay busy after the summary of an interrupted run, in milliseconds. */
const patienceMs = 300;

/**
 * Signals of one kind within this time, in milliseconds, count as one. npm passes Ctrl-C on, although the terminal has
 * sent it to us too; when a terminal closes, its shell sends SIGHUP, and a second one follows when the shell has ended.
 */
const togetherMs: Readonly<Record<EndingSignal, number>> = {
  SIGINT: 100,
  SIGTERM: 100,
  SIGHUP: 1_000,
  SIGBREAK: 100,
};

/**
 * Turns Ctrl-C, SIGTERM, a closed terminal and output that cannot be written into an abort: the run ends cleanly and
 * its summary is still written. A second signal ends the process at once.
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

/** Ends an interrupted run that has written its summary, without waiting long for threads that are still busy. */
export function endSoon({ reason }: AbortSignal): void {
  setTimeout(endAtOnce, patienceMs, reason instanceof Interrupted ? reason.by : 'SIGINT').unref();
}

/**
 * `process.exit()` waits for native work in progress on a thread (an AVIF file can take a minute). The signal's
 * default action does not wait, and shells report it as the same code.
 */
function endAtOnce(by: EndingSignal): void {
  eraseLiveLine();
  if (process.platform === 'win32') process.exit(codeOfInterruption(new Interrupted(by)));
  process.removeAllListeners(by);
  process.kill(process.pid, by);
}
