import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { firstWords } from './first-words.ts';

export function ledgerIn(state: string): string {
  return join(state, 'ledger.db');
}

/** What SQLite finds wrong with the ledger; nothing where it is sound, or there is none. */
export function faultOfLedger(state: string): string | undefined {
  const file = ledgerIn(state);
  if (!existsSync(file)) return undefined;
  try {
    using db = new DatabaseSync(file, { timeout: 5_000 });
    const answer = db.prepare('PRAGMA integrity_check').get()?.integrity_check;
    // Of a badly broken one it tells a hundred lines.
    return answer === 'ok' ? undefined : String(answer).split('\n').slice(0, 2).join(' ');
  } catch (error) {
    return (error as Error).message;
  }
}

export function versionOfLedger(state: string): unknown {
  using db = new DatabaseSync(ledgerIn(state));
  return db.prepare('PRAGMA user_version').get()?.user_version;
}

/** What a Shoal of a later day would have written. */
export function setVersionOfLedger(state: string, version: number): void {
  using db = new DatabaseSync(ledgerIn(state));
  db.exec(`PRAGMA user_version = ${version}`);
}

/** Another process that holds the write lock until it is let go. */
export async function lockLedger(state: string): Promise<{ release(): Promise<void> }> {
  const script = `
    const { DatabaseSync } = require('node:sqlite');
    const db = new DatabaseSync(process.argv[1]);
    db.exec('PRAGMA journal_mode = WAL; BEGIN IMMEDIATE');
    process.stdout.write('locked');
    process.stdin.resume().on('end', () => process.exit());`;
  const child: ChildProcess = spawn(process.execPath, ['-e', script, ledgerIn(state)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await firstWords(child);
  return {
    release: async () => {
      const gone = once(child, 'close');
      child.stdin?.end();
      await gone;
    },
  };
}
