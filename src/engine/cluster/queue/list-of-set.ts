import { createHash } from 'node:crypto';
import type { FetchRequest } from '../../../shared/requests.ts';
import type { GroupedLine } from '../buckets/split-items.ts';
import type { SetOfQueue } from '../dataset/set-of-queue.ts';
import { type ShardSettings, shardSettingsOf } from '../dataset/shard-settings.ts';

/** The list of a data set that is handed out: tells, once it is read, whether another list is the same. */
export class ListOfSet {
  readonly settings: ShardSettings;
  readonly #hash = createHash('sha256');

  constructor(request: FetchRequest) {
    this.settings = shardSettingsOf(request);
  }

  async *digested(
    lines: AsyncIterable<readonly GroupedLine[]>,
  ): AsyncGenerator<readonly GroupedLine[], void> {
    for await (const batch of lines) {
      for (const { line } of batch) this.#hash.update(line).update('\n');
      yield batch;
    }
  }

  told(): SetOfQueue {
    return { settings: this.settings, list: this.#hash.digest('hex') };
  }
}
