import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { UsageError } from '../../shared/failure.ts';
import { err } from '../output/streams.ts';
import { type EndingSignal, Interrupted } from './exit-codes.ts';

/**
 * The password for `--user`: from the environment, else asked for on the terminal without showing it. Never
 * from the command line, which every process on the machine can read.
 * @throws Interrupted for Ctrl-C, or an input that ends, instead of an answer.
 */
export async function askPassword(user: string): Promise<string> {
  const { SHOAL_PASSWORD } = process.env;
  if (SHOAL_PASSWORD !== undefined) return SHOAL_PASSWORD;
  if (!process.stdin.isTTY) {
    throw new UsageError('There is no terminal to ask for the password of --user: set SHOAL_PASSWORD.');
  }
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
  // Asked only now that the terminal shows no more what is typed.
  err.question(`Password for ${user}: `);
  // While it reads, the terminal makes no signals: Ctrl-C is a key that the reader closes at.
  const closed = new AbortController();
  reader.once('close', () => closed.abort());
  // The settings of a terminal that has gone cannot be put back: an error, which would be our end.
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
