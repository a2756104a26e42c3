import { join } from 'node:path';
import type { LedgerEntry } from '../src/engine/ledger/ledger.ts';
import { openLedger } from '../src/engine/ledger/sqlite-ledger.ts';

export const entry = (output: string, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  output,
  input: '/in/a.jpg',
  inputStamp: '10:20',
  recipe: 'abc',
  bytes: 123,
  ...more,
});

/** Opens a ledger and gathers its warnings. */
export function open(folder: string) {
  const warnings: string[] = [];
  const ledger = openLedger((warning) => warnings.push(warning), folder);
  return { ledger, warnings };
}

export const fileIn = (folder: string): string => join(folder, 'ledger.db');

/** A ledger of this many outputs, `/out/0.jpg` and so on, closed again. */
export function fill(folder: string, outputs: number): void {
  const { ledger } = open(folder);
  for (let at = 0; at < outputs; at += 1) ledger?.record(entry(`/out/${at}.jpg`, { input: `/in/${at}.jpg` }));
  ledger?.close();
}
