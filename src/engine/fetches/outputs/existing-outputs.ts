import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Ledger } from '../../ledger/ledger.ts';
import { isOf } from '../../ledger/ledger-of-urls.ts';
import { isStillIn, type OutputRecords } from '../../ledger/output-records.ts';
import { asJpeg } from '../../names/file-name.ts';
import type { Expected } from '../parts/digests.ts';
import { hasListedBytes } from './listed-bytes.ts';
import type { Made } from './made.ts';

/** The existing outputs in the folder that a run writes to. */
export interface ExistingOutputs {
  /** The output that an earlier run made from the URL, if it is unchanged. */
  made(url: string, name: string): Made | undefined;
  /** Whether the file that the output is, or was made from, has the digests that the list demands. */
  isAsListed(made: Made, listed: Expected): boolean | Promise<boolean>;
  /** Whether all outputs that a file of this name would replace were made from the URL. */
  mayReplace(url: string, name: string): boolean;
  /** Where the output for a file of this name goes. */
  outputOf(name: string): string;
}

/** The fetched files themselves. */
export class ExistingFiles implements ExistingOutputs {
  readonly #folder: string;
  /** Absent if the folder is new: two look-ups for each URL would find nothing. */
  readonly #ledger: Ledger | undefined;

  /** @param folder an absolute path. */
  constructor(folder: string, ledger: Ledger | undefined) {
    this.#folder = folder;
    this.#ledger = ledger?.hasOutputsIn(folder) ? ledger : undefined;
  }

  made(url: string, name: string): Made | undefined {
    const planned = this.#ledger?.byOutput(this.outputOf(name));
    const candidates = planned && isOf(planned, url) ? [planned] : this.#ledger?.byInput(url);
    return candidates?.find((entry) => isStillIn(this.#folder, entry));
  }

  isAsListed(made: Made, listed: Expected): boolean | Promise<boolean> {
    return hasListedBytes(made, listed);
  }

  /** Not needed here: `made` names the file itself, and it is compared before it is replaced. */
  mayReplace(): boolean {
    return false;
  }

  outputOf(name: string): string {
    return join(this.#folder, name);
  }
}

/** Thumbnails of files that are not kept themselves. */
export class ExistingThumbnails implements ExistingOutputs {
  readonly #outputsOf: (name: string) => string[];
  readonly #folder: string;
  readonly #records: OutputRecords;
  /** Absent if the folder is new. */
  readonly #ledger: Ledger | undefined;

  /**
   * @param folder an absolute path.
   * @param records the outputs of the same recipe.
   * @param outputsOf the outputs for a name, one for each size; results name the first.
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
    // The server may have given the file another name than its URL suggests.
    return there.find(({ output }) => output === outputs[0]) ?? there[0];
  }

  /** The file is gone: its SHA-256 was recorded beside the thumbnail, and another digest cannot be told any more. */
  isAsListed({ inputStamp }: Made, { sha256, md5 }: Expected): boolean {
    return md5 === undefined && sha256 !== undefined && inputStamp === stampOfBytes(sha256);
  }

  mayReplace(url: string, name: string): boolean {
    if (!this.#ledger) return false;
    return this.#outputsOf(asJpeg(name)).every((output) => isMadeOf(output, url, this.#ledger));
  }

  outputOf(name: string): string {
    return this.#outputsOf(name)[0] ?? '';
  }
}

/** Identifies, in the ledger, the file that a thumbnail was made from and that was not kept. */
export function stampOfBytes(sha256: string): string {
  return `sha256:${sha256}`;
}

/**
 * Whether the thumbnails of the URL may be written to these paths. Not if another URL's are there: without originals
 * they may be its only copy. Outputs that the ledger does not know are compared after the thumbnails have been made.
 */
export function areFree(outputs: readonly string[], url: string, ledger: Ledger | undefined): boolean {
  return outputs.every((output) => {
    const entry = ledger?.byOutput(output);
    return entry === undefined || isOf(entry, url) || !existsSync(output);
  });
}

/** Whether the ledger says that the output was made from this URL. */
export function isMadeOf(output: string, url: string, ledger: Ledger | undefined): boolean {
  const entry = ledger?.byOutput(output);
  return entry !== undefined && isOf(entry, url);
}
