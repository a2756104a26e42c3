import { stat } from 'node:fs/promises';
import { t } from '../../languages/translate.ts';
import type { RunRecord } from '../views/run-record.ts';
import { isUrl } from './job-of-head.ts';

/** So many files are looked for … */
const mostLooked = 1_000;
/** … so many at once: the rest of libuv's threads stay free. */
const atOnce = 16;

/** A sentence on how many of the files that a run made are not there any more. Undefined if none is missed. */
export async function filesGone(record: Pick<RunRecord, 'items' | 'counters'>): Promise<string | undefined> {
  const { done } = record.counters;
  const each = Math.max(1, Math.ceil(done / mostLooked));
  let at = 0;
  let looked = 0;
  let gone = 0;
  let batch: string[] = [];
  const look = async (): Promise<void> => {
    const found = await Promise.all(batch.map((path) => stat(path).catch(() => undefined)));
    looked += found.length;
    gone += found.filter((file) => file === undefined).length;
    batch = [];
  };
  for (const { output, thumbnail } of record.items('done')) {
    at += 1;
    const path = thumbnail ?? output;
    // Who looks at a run asks no object storage.
    if (path === undefined || at % each !== 0 || isUrl(path)) continue;
    batch.push(path);
    if (batch.length === atOnce) await look();
  }
  await look();
  if (gone === 0) return undefined;
  if (looked < done) return t('Some of its files are not there any more, where this run put them.');
  if (gone === done) return t('Its files are not there any more, where this run put them.');
  return t(
    '{{count, number}} of its {{done, number}} files are not there any more, where this run put them.',
    { count: gone, done },
  );
}
