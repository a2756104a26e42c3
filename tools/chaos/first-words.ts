import type { ChildProcess } from 'node:child_process';

/** What a process says first: that it is ready. @throws where it ends without a word. */
export function firstWords(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', (said: Buffer) => resolve(String(said).trim()));
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`A process that was to serve ended with ${code}.`)));
  });
}
