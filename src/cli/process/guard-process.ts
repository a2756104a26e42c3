import { err } from '../output/streams.ts';
import { isVerbose } from '../output/verbosity.ts';
import { Interrupted } from './exit-codes.ts';
import { outlivesTerminal } from './outlives-terminal.ts';

/**
 * Output can no longer be written: the reader of our pipe has gone, or the disk that standard output goes to is full.
 */
class OutputLost extends Error {
  /** Whether this is an error to report: a reader that went away has simply read enough. */
  readonly isFault: boolean;

  constructor(cause: NodeJS.ErrnoException) {
    super(`Cannot write the output: ${reasons[cause.code ?? ''] ?? cause.message}.`, { cause });
    this.name = 'OutputLost';
    this.isFault = cause.code !== 'EPIPE';
  }
}

const reasons: Readonly<Record<string, string>> = {
  EPIPE: 'nobody reads it',
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is used up',
};

const lost = new AbortController();

/** Aborted with an `OutputLost` or an `Interrupted` once results can no longer be written. */
export const outputLost: AbortSignal = lost.signal;

/** Whether a run ended because its reader has read enough: then nobody waits for totals either. */
export function isReaderGone({ reason }: AbortSignal): boolean {
  return reason instanceof OutputLost && !reason.isFault;
}

/**
 * Must run before anything is written. From then on, output that cannot be written ends the run instead of throwing,
 * and an unexpected error is reported as one line instead of a stack.
 */
export function guardProcess(): void {
  // Node has reset SIGHUP to its default, which would end the process.
  if (outlivesTerminal()) process.on('SIGHUP', () => {});
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (cause: NodeJS.ErrnoException) => {
      if (lost.signal.aborted) return;
      // The error of a terminal that has gone, mostly a moment before SIGHUP arrives: treated like that signal.
      if (cause.code === 'EIO' && stream.isTTY) {
        if (!outlivesTerminal()) lost.abort(new Interrupted('SIGHUP', { cause }));
        return;
      }
      const problem = new OutputLost(cause);
      if (problem.isFault) {
        process.exitCode = 1;
        err.line(`shoal: ${problem.message}`);
      }
      lost.abort(problem);
    });
  }
  process.on('uncaughtException', (error: unknown) => {
    const told = `shoal: ${unexpected(error)}`;
    if (tellsStacks()) err.text(told);
    else err.line(told);
    process.exit(1);
  });
}

/**
 * Once nothing is left that could go on, Node ends with 0, whatever is still waited for: a run that hangs would count as
 * one that went well.
 * @returns what to call when the command has ended.
 */
export function guardEnd(): () => void {
  const onExit = (code: number): void => {
    if (code !== 0) return;
    err.line(`shoal: ${unexpected(new Error('the command stopped before its end'))}`);
    process.exitCode = 1;
  };
  process.on('exit', onExit);
  return () => process.off('exit', onExit);
}

/** Codes that mean the machine has run out of something: not a bug of Shoal. */
const machinesOwn = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN']);

const tellsStacks = (): boolean => Boolean(process.env.SHOAL_DEBUG) || isVerbose();

/** The message for an unexpected error, or its stack where that is asked for. */
function unexpected(error: unknown): string {
  if (!(error instanceof Error)) return `Unexpectedly: ${String(error)}`;
  if (tellsStacks()) return error.stack ?? error.message;
  const { code = '' } = error as NodeJS.ErrnoException;
  const said = error.message.replace(/\s+/g, ' ').trim() || error.name;
  if (machinesOwn.has(code) || /too many open files/i.test(said)) return `Cannot go on: ${said}`;
  return `Unexpectedly: ${said} (a fault of Shoal's: SHOAL_DEBUG=1 tells where)`;
}
