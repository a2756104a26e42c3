import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { entry } from '../../../test/ledgers.ts';
import { migrate } from './ledger-schema.ts';
import { LedgerStore } from './ledger-store.ts';
import { PendingRecords } from './pending-records.ts';

function storeOf(outputs: readonly string[]): LedgerStore {
  const db = new DatabaseSync(':memory:');
  migrate(db);
  const store = new LedgerStore(db);
  write(store, outputs, 'recipe');
  return store;
}

function write(store: LedgerStore, outputs: readonly string[], recipe: string): void {
  const pending = new PendingRecords(1_000);
  for (const output of outputs) pending.record(entry(output, { recipe }));
  store.write(pending, 0);
}

const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 });

it('what is read ahead is found as if each had been asked for alone, in whatever order', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(name, { maxLength: 60 }),
      fc.array(name, { maxLength: 60 }),
      (known, others) => {
        const store = storeOf(known);
        for (const output of [...known].sort()) expect(store.byOutput(output)?.output).toBe(output);
        for (const output of [...others, ...known]) {
          expect(store.byOutput(output)?.output).toBe(known.includes(output) ? output : undefined);
        }
      },
    ),
  );
});

it('what is written in between is found', () => {
  const outputs = Array.from({ length: 40 }, (_, at) => `/out/${String(at).padStart(2, '0')}.jpg`);
  const store = storeOf(outputs);
  for (const output of outputs.slice(0, 20)) store.byOutput(output);
  write(store, outputs, 'another');
  for (const output of outputs.slice(20)) expect(store.byOutput(output)?.recipe).toBe('another');
});
