import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Ledger, LedgerEntry } from '../../ledger/ledger.ts';
import { isOf } from '../../ledger/ledger-of-urls.ts';
import { isStillIn, type OutputRecords } from '../../ledger/output-records.ts';
import { asJpeg } from '../../names/file-name.ts';

/** What an earlier run made of a URL, as far as a later one has to know it. */
export type Made = Pick<LedgerEntry, 'output' | 'bytes' | 'sha256' | 'etag' | 'lastModified' | 'madeAt'>;

/** What is in the folder that a run fills, or would be. */
export interface ExistingOutputs {
  /** What an earlier run made of the URL, if it is still as it was. */
  made(url: string, name: string): Made | undefined;
  /** Whether all that is in the places of what comes of a file of this name was made of the URL. */
  mayReplace(url: string, name: string): boolean;
  /** Where what comes of a file of this name goes. */
  outputOf(name: string): string;
}

/** The fetched files themselves. */
export class ExistingFiles implements ExistingOutputs {
  readonly #folder: string;
  /** Absent where nothing is known of the folder: two look-ups for each URL of a new one would find nothing. */
  readonly #ledger: Ledger | undefined;

  /** @param folder absolute. */
  constructor(folder: string, ledger: Ledger | undefined) {
    this.#folder = folder;
    this.#ledger = ledger?.hasOutputsIn(folder) ? ledger : undefined;
  }

  made(url: string, name: string): Made | undefined {
    const planned = this.#ledger?.byOutput(this.outputOf(name));
    const candidates = planned && isOf(planned, url) ? [planned] : this.#ledger?.byInput(url);
    return candidates?.find((entry) => isStillIn(this.#folder, entry));
  }

  /** The file itself is told by `made`, and compared before it is replaced. */
  mayReplace(): boolean {
    return false;
  }

  outputOf(name: string): string {
    return join(this.#folder, name);
  }
}

/** Thumbnails of files that are not kept. */
export class ExistingThumbnails implements ExistingOutputs {
  readonly #outputsOf: (name: string) => string[];
  readonly #folder: string;
  readonly #records: OutputRecords;
  /** Absent where nothing is known of the folder. */
  readonly #ledger: Ledger | undefined;

  /**
   * @param folder absolute.
   * @param records what their recipe has made before.
   * @param outputsOf one for each size, the first of them being the one that is told.
   */
  constructor(
    folder: string,
    records: OutputRecords,
    outputsOf: (name: string) => string[],
    ledger: Ledger | undefined,
  ) {
    this.#folder = folder;
    this.#records = records;
    this.#outputsOf = outputsOf;
    this.#ledger = ledger?.hasOutputsIn(folder) ? ledger : undefined;
  }

  made(url: string, name: string): Made | undefined {
    const outputs = this.#outputsOf(name);
    const there = this.#ledger ? this.#records.madeOf(url, this.#folder) : [];
    if (there.length < outputs.length) return undefined;
    // The answer may have given it another name than its URL promises.
    return there.find(({ output }) => output === outputs[0]) ?? there[0];
  }

  mayReplace(url: string, name: string): boolean {
    if (!this.#ledger) return false;
    return this.#outputsOf(asJpeg(name)).every((output) => isMadeOf(output, url, this.#ledger));
  }

  outputOf(name: string): string {
    return this.#outputsOf(name)[0] ?? '';
  }
}

/**
 * Whether thumbnails of the URL may be meant for these places: another URL's would be its only copy where no originals are
 * kept. What is there and not known is compared when the thumbnails have been made.
 */
export function areFree(outputs: readonly string[], url: string, ledger: Ledger | undefined): boolean {
  return outputs.every((output) => {
    const entry = ledger?.byOutput(output);
    return entry === undefined || isOf(entry, url) || !existsSync(output);
  });
}

/** Whether the ledger knows the output as made of this URL. */
export function isMadeOf(output: string, url: string, ledger: Ledger | undefined): boolean {
  const entry = ledger?.byOutput(output);
  return entry !== undefined && isOf(entry, url);
}
