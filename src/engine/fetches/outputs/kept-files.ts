import { SeenSet } from '../../files/seen-set.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { isOf } from '../../ledger/ledger-of-urls.ts';
import { OutputRecords } from '../../ledger/output-records.ts';
import { placeCopy } from '../parts/place-file.ts';
import type { Saved } from '../protocol/protocol.ts';
import { Duplicates, type Kept } from './duplicates.ts';
import { ReplacementGuard } from './replacement-guard.ts';

/** Remembers the files that were fetched, and stores the same bytes once where that is asked for. */
export class KeptFiles {
  readonly #ledger: Ledger | undefined;
  /** Absent where every file is kept. */
  readonly #earlier: ReplacementGuard | undefined;
  readonly #duplicates: Duplicates | undefined;
  /** Files that were there already when an item came to them. */
  readonly #adopted = new SeenSet();
  readonly #records: OutputRecords;

  constructor(dedupe: 'off' | 'link' | 'skip', ledger: Ledger | undefined) {
    this.#ledger = ledger;
    // No settings: a file is the same whatever the patience it was fetched with.
    this.#records = new OutputRecords(ledger, { task: 'fetch' });
    if (dedupe === 'off') return;
    this.#earlier = new ReplacementGuard();
    this.#duplicates = new Duplicates(dedupe, ledger, this.#earlier);
  }

  /** Whether an item may replace the file that an earlier run made of its URL. */
  mayReplace(output: string): boolean {
    return this.#earlier?.mayReplace(output) ?? true;
  }

  /** The file of an earlier run is as the server has it. */
  confirm(output: string): void {
    this.#earlier?.settle(output);
  }

  /** @throws ItemError where a file that is shared cannot be stored a second time. */
  async keep(saved: Saved, url: string): Promise<Kept> {
    const own = this.#ofItsOwn(saved, url);
    this.#earlier?.settle(own.output);
    // A file that was there before is not ours to leave out or to make a link of.
    const stored = own.adopted ? undefined : await this.#duplicates?.store(own);
    const kept = stored ?? { output: own.output };
    // One that was left out has no file of its own; the entry of the file that is there is another URL's.
    if (kept.output === own.output) this.#recordOutput(own, url);
    return kept;
  }

  /** Two URLs whose answers name one file and hold the same bytes each get one: a newer version of either replaces its own. */
  #ofItsOwn(saved: Saved, url: string): Saved {
    const { output, bytes, sha256, adopted } = saved;
    const isShared = adopted ? this.#isAnothers(saved, url) : this.#adopted.has(output);
    if (adopted) this.#adopted.add(output);
    return isShared ? { ...saved, output: placeCopy(output, url, bytes, sha256) } : saved;
  }

  /** What was made of another URL and holds other bytes by now is no longer that one's. */
  #isAnothers({ output, sha256 }: Saved, url: string): boolean {
    const entry = this.#ledger?.byOutput(output);
    return entry !== undefined && !isOf(entry, url) && (entry.sha256 ?? sha256) === sha256;
  }

  #recordOutput({ output, bytes, sha256, etag, lastModified }: Saved, url: string): void {
    const inputStamp = etag ?? lastModified ?? '';
    this.#records.recordOutput({ output, input: url, inputStamp, bytes, sha256, etag, lastModified });
  }
}
