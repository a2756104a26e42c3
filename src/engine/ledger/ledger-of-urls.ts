import { withoutQuery } from '../../shared/without-secrets.ts';
import { hashOfText } from '../files/hash-of-text.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';

/**
 * The ledger as fetches use it. What a URL asks for (`?key=…`) may be a secret, and is not written down: such a URL is
 * recorded without the values, and with a hash that tells it from its neighbours.
 */
export class LedgerOfUrls implements Ledger {
  readonly #ledger: Ledger;
  readonly #mayWrite: boolean;

  /** @param mayWrite whether what an earlier version recorded may be recorded anew, without the values. */
  constructor(ledger: Ledger, mayWrite: boolean) {
    this.#ledger = ledger;
    this.#mayWrite = mayWrite;
  }

  /** Its input may be a recorded name: `isOf` tells. */
  byOutput(output: string): LedgerEntry | undefined {
    return this.#ledger.byOutput(output);
  }

  byInput(url: string): LedgerEntry[] {
    const name = recordedName(url);
    const found = this.#ledger.byInput(name);
    if (name === url || found.length > 0) return found;
    const whole = this.#ledger.byInput(url);
    if (this.#mayWrite) for (const entry of whole) this.record(entry);
    return whole;
  }

  hasOutputsIn(folder: string): boolean {
    return this.#ledger.hasOutputsIn(folder);
  }

  bySha256(sha256: string): LedgerEntry[] {
    return this.#ledger.bySha256(sha256);
  }

  record(entry: LedgerEntry): void {
    const input = recordedName(entry.input);
    this.#ledger.record(input === entry.input ? entry : { ...entry, input });
  }

  recordOutputFolder(folder: string): void {
    this.#ledger.recordOutputFolder(folder);
  }

  isOutputFolder(folder: string): boolean {
    return this.#ledger.isOutputFolder(folder);
  }

  forgetOutputFolder(folder: string): void {
    this.#ledger.forgetOutputFolder(folder);
  }

  flush(): void {
    this.#ledger.flush();
  }

  close(): void {
    this.#ledger.close();
  }
}

/** Whether the entry is of this URL. */
export function isOf({ input }: LedgerEntry, url: string): boolean {
  return input === url || (input.includes('?') && input === recordedName(url));
}

/** No URL is recorded with a fragment, so that this is no other URL. Thumbnails of files are recorded with their paths. */
function recordedName(url: string): string {
  if (!url.includes('?') || !/^https?:/.test(url)) return url;
  return `${withoutQuery(url)}#${hashOfText(url).slice(0, 32)}`;
}
