import { stderr, stdout } from 'node:process';
import type { Writable } from 'node:stream';

/**
 * Lets everything that this thread prints go to standard error: `console.log`, `process.stdout`, and what is piped there.
 * The stream stays what it is, since modules may hold it already; only where its bytes go changes.
 */
export function printToStderr(): void {
  const printed: Writable = stdout;
  printed._write = (chunk, encoding, done) => void stderr.write(chunk, encoding, () => done());
  printed._writev = (chunks, done) => {
    for (const { chunk, encoding } of chunks) stderr.write(chunk, encoding);
    stderr.write('', () => done());
  };
}
