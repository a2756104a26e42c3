import { err } from '../output/streams.ts';
import { Interrupted } from './exit-codes.ts';
import { outlivesTerminal } from './outlives-terminal.ts';

/** What is lost with it: the reader of our pipe has gone, or the disk that standard output goes to is full. */
class OutputLost extends Error {
  /** Whether somebody wants to know: a reader that went away had enough. */
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

/** Aborted, with an `OutputLost` or an `Interrupted`, once results can no longer be told. */
export const outputLost: AbortSignal = lost.signal;

/**
 * Before anything is written: output that cannot be written ends what runs instead of throwing, and whatever nobody
 * foresaw is one line instead of a stack.
 */
export function guardProcess(): void {
  // Node has set it back to its default, which would be our end.
  if (outlivesTerminal()) process.on('SIGHUP', () => {});
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (cause: NodeJS.ErrnoException) => {
      if (lost.signal.aborted) return;
      // What a terminal that has gone says, mostly a moment before SIGHUP comes: the same, where that counts.
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
    if (process.env.SHOAL_DEBUG) err.text(told);
    else err.line(told);
    process.exit(1);
  });
}

/** Of what the machine has run out nobody is at fault. */
const machinesOwn = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN']);

/** `SHOAL_DEBUG` gives whoever looks for the fault the stack. */
function unexpected(error: unknown): string {
  if (!(error instanceof Error)) return `Unexpectedly: ${String(error)}`;
  if (process.env.SHOAL_DEBUG) return error.stack ?? error.message;
  const { code = '' } = error as NodeJS.ErrnoException;
  const said = error.message.replace(/\s+/g, ' ').trim() || error.name;
  if (machinesOwn.has(code) || /too many open files/i.test(said)) return `Cannot go on: ${said}`;
  return `Unexpectedly: ${said} (a fault of Shoal's: SHOAL_DEBUG=1 tells where)`;
}
