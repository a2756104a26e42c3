import type { FetchRequest } from '../../../shared/requests.ts';
import type { ItemResult, Summary } from '../../../shared/result.ts';
import { withoutQuery } from '../../../shared/without-secrets.ts';
import type { ListedItem, RunContext } from '../../run/run-options.ts';
import { Tally } from '../../run/tally.ts';
import type { FormerItems } from './former-items.ts';

/** Tells what a run would do: which items are in shards, and which are not. Nothing is written. */
export async function planDataset(
  request: FetchRequest,
  options: RunContext,
  former: FormerItems,
  fetch: (request: FetchRequest, options: RunContext) => Promise<Summary>,
): Promise<Summary> {
  const { ledger: _ledger, onTotal, ...others } = options;
  const tally = new Tally();
  let read = 0;
  const tell = (result: ItemResult): void => {
    tally.add(result);
    options.onResult?.(result);
  };
  const nameOf = (input: string) => (request.recipe.redact ? withoutQuery(input) : input);
  async function* toFetch<Item extends ListedItem>(batches: AsyncIterable<readonly Item[]>) {
    for await (const batch of batches) {
      const others: Item[] = [];
      for (const item of batch) {
        const index = read;
        read += 1;
        if (index < former.count) tell(await former.resultOf(index, nameOf(item.input), item));
        else others.push(item);
      }
      yield others;
    }
    if (read < former.count && !options.signal?.aborted) throw former.otherList();
  }
  const summary = await fetch(request, {
    ...others,
    throughList: toFetch,
    // Which tar an item would be in follows from what is fetched before it.
    onResult: ({ output: _output, thumbnail: _thumbnail, ...result }) =>
      tell({ ...result, index: result.index + former.count }),
    ...(onTotal && { onTotal: (total, final) => onTotal(total + Math.min(read, former.count), final) }),
  });
  return { ...summary, ...tally.summary() };
}
