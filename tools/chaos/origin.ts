import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { firstWords } from './first-words.ts';

export interface Origin {
  /** `http://127.0.0.1:<port>` */
  readonly address: string;
  stop(): void;
}

/** Starts the server that is fetched from. @param folder of the pictures it serves. */
export async function startOrigin(folder: string): Promise<Origin> {
  const script = join(import.meta.dirname, 'origin-server.ts');
  const child = spawn(process.execPath, [script, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const port = await firstWords(child);
  return {
    address: `http://127.0.0.1:${port}`,
    stop: () => void child.kill(),
  };
}
