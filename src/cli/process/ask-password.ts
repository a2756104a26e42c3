import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { UsageError } from '../../shared/failure.ts';
import { err } from '../output/streams.ts';
import { type EndingSignal, Interrupted } from './exit-codes.ts';

/**
 * The password for `--user`: from the environment, otherwise asked for on the terminal, which does not show it. Never
 * taken from the command line, which every process on the machine can read.
 * @throws Interrupted when the answer is Ctrl-C or the input ends.
 */
export async function askPassword(user: string): Promise<string> {
  const { SHOAL_PASSWORD } = process.env;
  if (SHOAL_PASSWORD !== undefined) return SHOAL_PASSWORD;
  if (!process.stdin.isTTY) {
    throw new UsageError('There is no terminal to ask for the password of --user: set SHOAL_PASSWORD.');
  }
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
  // Asked only now, when the terminal no longer shows what is typed.
  err.question(`Password for ${user}: `);
  // While the reader reads, Ctrl-C makes no signal: the reader closes on that key.
  const closed = new AbortController();
  reader.once('close', () => closed.abort());
  // If the terminal has gone, its settings cannot be restored: an error that would end the process if nobody listened.
  let by: EndingSignal = 'SIGINT';
  reader.on('error', () => {
    by = 'SIGHUP';
  });
  try {
    return await reader.question('', { signal: closed.signal });
  } catch (cause) {
    throw closed.signal.aborted ? new Interrupted(by, { cause }) : cause;
  } finally {
    reader.close();
    err.line('');
  }
}
