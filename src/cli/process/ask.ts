import { createInterface } from 'node:readline/promises';
import { UsageError } from '../../shared/failure.ts';
import { err } from '../output/streams.ts';

/**
 * Asks a question that only yes answers with yes.
 * @param otherwise what --yes does, for where there is nobody to ask.
 * @throws UsageError where there is no terminal.
 */
export async function isToldTo(question: string, otherwise: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new UsageError(`There is no terminal to ask on: --yes ${otherwise} without a question.`);
  }
  // Without an output: the terminal itself shows what is typed.
  const reader = createInterface({ input: process.stdin });
  const closed = new AbortController();
  // Ctrl-C and the end of the input are no yes.
  reader.once('close', () => closed.abort());
  try {
    err.question(`${question} (y/N) `);
    const answer = await reader.question('', { signal: closed.signal });
    return /^y(es)?$/i.test(answer.trim());
  } catch {
    err.line('');
    return false;
  } finally {
    reader.close();
  }
}
