import { accessSync, constants, mkdirSync, readdirSync } from 'node:fs';
import type { Failure } from '../../shared/failure.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { removeStaleParts } from '../tasks/part-file.ts';
import { failureOfSystemError } from '../tasks/system-error.ts';

/** A folder that outputs go to, made when its first output is planned. */
export type OutputFolder =
  /** `own`: Shoal made it or found it empty, so that any file in it is an earlier output. */
  { readonly kind: 'ready'; readonly own: boolean } | { readonly kind: 'failed'; readonly error: Failure };

/** Makes output folders once each, and knows which of them are Shoal's own. */
export class OutputFolders {
  readonly #ledger: Ledger | undefined;
  readonly #folders = new Map<string, OutputFolder>();

  constructor(ledger: Ledger | undefined) {
    this.#ledger = ledger;
  }

  /** @param trusted files in it may be replaced although nothing is known of them: the default folder's name says whose it is. */
  open(folder: string, trusted: boolean): OutputFolder {
    let opened = this.#folders.get(folder);
    if (!opened) {
      opened = this.#make(folder, trusted);
      this.#folders.set(folder, opened);
    }
    return opened;
  }

  #make(folder: string, trusted: boolean): OutputFolder {
    try {
      const created = mkdirSync(folder, { recursive: true }) !== undefined;
      accessSync(folder, constants.W_OK | constants.X_OK);
      if (!created) removeStaleParts(folder);
      const own = created || trusted || this.#ledger?.isOutputFolder(folder) || isEmpty(folder);
      if (own) this.#ledger?.recordOutputFolder(folder);
      return { kind: 'ready', own };
    } catch (error) {
      return { kind: 'failed', error: failureOfSystemError(error, folder, 'write') };
    }
  }
}

function isEmpty(folder: string): boolean {
  return readdirSync(folder).length === 0;
}
