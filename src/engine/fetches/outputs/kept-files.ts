import { SeenSet } from '../../files/seen-set.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { isOf } from '../../ledger/ledger-of-urls.ts';
import { OutputRecords } from '../../ledger/output-records.ts';
import { placeCopy } from '../parts/place-file.ts';
import type { Saved } from '../protocol/protocol.ts';
import { Duplicates, type Kept } from './duplicates.ts';
import { ReplacementGuard } from './replacement-guard.ts';

/** Records the fetched files, and stores equal files once if asked to. */
export class KeptFiles {
  readonly #ledger: Ledger | undefined;
  /** Absent if every file is kept. */
  readonly #earlier: ReplacementGuard | undefined;
  readonly #duplicates: Duplicates | undefined;
  /** Files that existed already, with the same bytes, when an item was to be stored there. */
  readonly #adopted = new SeenSet();
  readonly #records: OutputRecords;

  constructor(dedupe: 'off' | 'link' | 'skip', ledger: Ledger | undefined) {
    this.#ledger = ledger;
    // Recorded without settings: the file's contents do not depend on time-outs and the like.
    this.#records = new OutputRecords(ledger, { task: 'fetch' });
    if (dedupe === 'off') return;
    this.#earlier = new ReplacementGuard();
    this.#duplicates = new Duplicates(dedupe, ledger, this.#earlier);
  }

  /** Whether an item may replace the file that an earlier run made of its URL. */
  mayReplace(output: string): boolean {
    return this.#earlier?.mayReplace(output) ?? true;
  }

  /** Call if the server confirms that the file of an earlier run is up to date. */
  confirm(output: string): void {
    this.#earlier?.settle(output);
  }

  /** @throws ItemError if a file shared with another URL cannot be copied. */
  async keep(saved: Saved, url: string): Promise<Kept> {
    const own = this.#ofItsOwn(saved, url);
    this.#earlier?.settle(own.output);
    // A file that existed before the run is not ours to remove or to turn into a link.
    const stored = saved.adopted || own.adopted ? undefined : await this.#duplicates?.store(own);
    const kept = stored ?? { output: own.output, ...(own.adopted && { adopted: own.adopted }) };
    // A duplicate that was left out has no file of its own; the existing file's entry belongs to another URL.
    if (kept.output === own.output) this.#recordOutput(own, url);
    return kept;
  }

  /** If two URLs lead to one name and equal bytes, each gets its own file, so that each can be replaced on its own. */
  #ofItsOwn(saved: Saved, url: string): Saved {
    const { adopted, ...own } = saved;
    const { output, bytes, sha256 } = own;
    const isShared = adopted ? this.#isAnothers(saved, url) : this.#adopted.has(output);
    if (adopted) this.#adopted.add(output);
    if (!isShared) return saved;
    const copy = placeCopy(output, url, bytes, sha256);
    const { madeAt } = copy;
    return { ...own, output: copy.output, madeAt, ...(copy.adopted && { adopted: true }) };
  }

  /** Whether the file belongs to another URL. A file whose bytes have changed since no longer belongs to it. */
  #isAnothers({ output, sha256 }: Saved, url: string): boolean {
    const entry = this.#ledger?.byOutput(output);
    return entry !== undefined && !isOf(entry, url) && (entry.sha256 ?? sha256) === sha256;
  }

  #recordOutput({ output, bytes, sha256, etag, lastModified, madeAt }: Saved, url: string): void {
    const inputStamp = etag ?? lastModified ?? '';
    this.#records.recordOutput({ output, input: url, inputStamp, bytes, sha256, etag, lastModified, madeAt });
  }
}
