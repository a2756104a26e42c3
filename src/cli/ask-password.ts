import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { UsageError } from '../engine/index.ts';

/**
 * The password for `--user`: from the environment, else asked for on the terminal without showing it. Never
 * from the command line, which every process on the machine can read.
 */
export async function askPassword(user: string): Promise<string> {
  const { SHOAL_PASSWORD } = process.env;
  if (SHOAL_PASSWORD !== undefined) return SHOAL_PASSWORD;
  if (!process.stdin.isTTY) {
    throw new UsageError('There is no terminal to ask for the password of --user: set SHOAL_PASSWORD.');
  }
  process.stderr.write(`Password for ${user}: `);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await reader.question('');
  } finally {
    reader.close();
    process.stderr.write('\n');
  }
}
