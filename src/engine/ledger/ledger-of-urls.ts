import { withoutQuery } from '../../shared/without-secrets.ts';
import { hashOfText } from '../files/hash-of-text.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';

/**
 * The ledger as fetches use it. The query of a URL (`?key=…`) may be a secret and is not stored: such a URL is recorded
 * without the values of its query, plus a hash that distinguishes it from similar URLs.
 */
export class LedgerOfUrls implements Ledger {
  readonly #ledger: Ledger;
  readonly #mayWrite: boolean;

  /** @param mayWrite whether entries of an earlier version may be recorded again without the values. */
  constructor(ledger: Ledger, mayWrite: boolean) {
    this.#ledger = ledger;
    this.#mayWrite = mayWrite;
  }

  /** The entry's input may be the recorded name of a URL: compare it with `isOf`. */
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

  setFiles(): ReadonlyMap<string, number> {
    return this.#ledger.setFiles();
  }

  recordSetFile(path: string, bytes: number): void {
    this.#ledger.recordSetFile(path, bytes);
  }

  flush(): void {
    this.#ledger.flush();
  }

  close(): void {
    this.#ledger.close();
  }
}

/** Whether the entry was made from this URL. */
export function isOf({ input }: LedgerEntry, url: string): boolean {
  return input === url || (input.includes('?') && input === recordedName(url));
}

/** The hash goes into the fragment: no URL is recorded with one, so this cannot be another URL. */
function recordedName(url: string): string {
  if (!url.includes('?') || !/^https?:/.test(url)) return url;
  return `${withoutQuery(url)}#${hashOfText(url).slice(0, 32)}`;
}
