import { fingerprint } from '../ledger/fingerprint.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Saved } from '../tasks/fetch/protocol.ts';
import { Duplicates, type Kept } from './duplicates.ts';
import { EarlierFiles } from './earlier-files.ts';

/** Remembers the files that were fetched, and stores the same bytes once where that is asked for. */
export class KeptFiles {
  readonly #ledger: Ledger | undefined;
  /** Absent where every file is kept. */
  readonly #earlier: EarlierFiles | undefined;
  readonly #duplicates: Duplicates | undefined;
  /** The recipe as the ledger keeps it: a file is the same whatever the patience it was fetched with. */
  #recipe: string | undefined;

  constructor(dedupe: 'off' | 'link' | 'skip', ledger: Ledger | undefined) {
    this.#ledger = ledger;
    if (dedupe === 'off') return;
    this.#earlier = new EarlierFiles();
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

  async keep(saved: Saved, url: string): Promise<Kept> {
    this.#earlier?.settle(saved.output);
    const kept = (await this.#duplicates?.store(saved)) ?? { output: saved.output };
    // One that was left out has no file of its own; the entry of the file that is there is another URL's.
    if (kept.output === saved.output) this.#record(saved, url);
    return kept;
  }

  #record({ output, bytes, sha256, etag, lastModified }: Saved, url: string): void {
    this.#recipe ??= fingerprint({ task: 'fetch' });
    this.#ledger?.record({
      output,
      input: url,
      inputStamp: etag ?? lastModified ?? '',
      recipe: this.#recipe,
      bytes,
      sha256,
      etag,
      lastModified,
    });
  }
}
