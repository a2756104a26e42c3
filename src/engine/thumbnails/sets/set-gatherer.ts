import type { ItemResult, Produced } from '../../../shared/result.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { PlannedItem } from '../../run/run-items.ts';
import { ScratchEntries, type ScratchEntry, type ScratchRendition } from './scratch-entries.ts';

/**
 * Gathers the pictures of a run while it goes on: what was made as it is told of, and what needs no work as it is planned,
 * with what the ledger knows of it.
 */
export class SetGatherer {
  readonly entries = new ScratchEntries();
  readonly #ledger: Ledger | undefined;
  #planned = 0;

  constructor(ledger: Ledger | undefined) {
    this.#ledger = ledger;
  }

  /** How many items have been planned that are not among the entries. */
  get missing(): number {
    return this.#planned - this.entries.count;
  }

  /** Looks at what is planned as it passes: items are numbered in this order. */
  async *watch<Work>(
    planned: AsyncIterable<readonly PlannedItem<Work>[]>,
  ): AsyncGenerator<readonly PlannedItem<Work>[], void> {
    for await (const chunk of planned) {
      for (const [at, item] of chunk.entries()) {
        if (item.kind === 'skipped') this.#add(this.#planned + at, this.#known(item));
      }
      this.#planned += chunk.length;
      yield chunk;
    }
  }

  /** Takes what was made. */
  took({ index, input, status, thumbHash, colour, ...made }: ItemResult): void {
    if (status !== 'done') return;
    const renditions = (made.outputs ?? [made]).flatMap(renditionOf);
    this.#add(index, { input, renditions, thumbHash, colour });
  }

  close(): void {
    this.entries.close();
  }

  #add(index: number, entry: ScratchEntry): void {
    // Where no format was worth it, nothing was written.
    if (entry.renditions.length > 0) this.entries.add(index, entry);
  }

  #known({ input, outputs }: { readonly input: string; readonly outputs?: readonly string[] }): ScratchEntry {
    const recorded = (outputs ?? []).flatMap((output) => this.#ledger?.byOutput(output) ?? []);
    // The ledger knows of those, too, that were left out.
    const known = recorded.filter(({ bytes }) => bytes > 0);
    const { thumbHash, colour } = known[0] ?? {};
    const renditions = known.map(({ output: path, bytes, width, height }) => ({
      path,
      bytes,
      ...(width && { width }),
      ...(height && { height }),
    }));
    return { input, renditions, thumbHash, colour: thumbHash && colour };
  }
}

function renditionOf({ output: path, bytesOut: bytes, width, height }: Produced): ScratchRendition[] {
  return path === undefined || bytes === undefined ? [] : [{ path, bytes, width, height }];
}
