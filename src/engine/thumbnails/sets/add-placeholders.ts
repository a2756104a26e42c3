import type { PoolRun } from '../../pool/worker-pool.ts';
import type { RunContext } from '../../run/run-options.ts';
import type { Placeholder, PlaceholderPayload } from '../task/placeholder/placeholder.ts';
import type { Numbered, ScratchEntries } from './scratch-entries.ts';

/** So many are read at once, and so many of them are one task for a thread. */
const atOnce = 512;
const together = 16;

/**
 * Makes the placeholders of pictures that the run has not made, and whose ledger has none: of a run that was not asked for
 * a set. The ledger keeps them, so that the next run need not read those files. Ends with the run.
 */
export async function addPlaceholders(
  entries: ScratchEntries,
  run: PoolRun,
  { ledger, signal }: Pick<RunContext, 'ledger' | 'signal'>,
): Promise<void> {
  let after = -1;
  while (!signal?.aborted) {
    const bare = entries.bare(after, atOnce);
    const last = bare.at(-1);
    if (last === undefined) return;
    after = last.index;
    const batches = Array.from({ length: Math.ceil(bare.length / together) }, (_none, at) =>
      bare.slice(at * together, (at + 1) * together),
    );
    await Promise.all(batches.map((batch) => addTo(entries, batch, run, ledger)));
  }
}

async function addTo(
  entries: ScratchEntries,
  batch: readonly Numbered[],
  run: PoolRun,
  ledger: RunContext['ledger'],
): Promise<void> {
  const payload: PlaceholderPayload = { pictures: batch.map(({ renditions }) => renditions) };
  const outcome = await run.execute<readonly (Placeholder | undefined)[]>('placeholder', payload);
  if (outcome.status !== 'done') return;
  for (const [at, placeholder] of outcome.value.entries()) {
    const entry = batch[at];
    if (!entry || !placeholder) continue;
    const { index, ...known } = entry;
    entries.replace(index, { ...known, ...placeholder });
    const recorded = ledger?.byOutput(entry.renditions[0]?.path ?? '');
    const { thumbHash, colour } = placeholder;
    if (recorded) ledger?.record({ ...recorded, thumbHash, colour });
  }
}
