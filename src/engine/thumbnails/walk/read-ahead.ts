import { statSync } from 'node:fs';
import { identityOf } from '../../files/file-identity.ts';
import type { Place } from './each-folder-once.ts';
import type { FolderEntries, FolderReader } from './folder-reader.ts';

/** How many of a folder's next subfolders are read ahead. */
export const mostAhead = 8;
/** While this many names that were read ahead wait, nothing more is read: folders may hold a million. */
const mostNames = 50_000;

/** A folder that has been read. */
export interface Looked {
  readonly identity: string;
  readonly entries: FolderEntries;
}

type Outcome = { readonly looked: Looked } | { readonly error: unknown };

/**
 * Reads folders before the walk reaches them, because on a busy machine or a remote disk each answer takes time.
 */
export class ReadAhead {
  readonly #reader: FolderReader;
  readonly #ahead = new Map<Place, Promise<Outcome>>();
  #names = 0;

  constructor(reader: FolderReader) {
    this.#reader = reader;
  }

  /** Starts reading a folder, if there is room. */
  start(place: Place): void {
    if (this.#names >= mostNames) return;
    const outcome = this.#look(place).then(
      (looked) => {
        this.#names += sizeOf(looked);
        return { looked };
      },
      (error: unknown) => ({ error }),
    );
    this.#ahead.set(place, outcome);
  }

  /** @throws the system's error for the folder. */
  async take(place: Place): Promise<Looked> {
    const ahead = this.#ahead.get(place);
    if (!ahead) return this.#look(place);
    this.#ahead.delete(place);
    const outcome = await ahead;
    if ('error' in outcome) throw outcome.error;
    this.#names -= sizeOf(outcome.looked);
    return outcome.looked;
  }

  async #look({ folder, real, below }: Place): Promise<Looked> {
    const entries = await this.#reader.read(folder, below);
    // The disk need not be asked about a folder just read, so this is faster than handing it to libuv's threads.
    const stat = statSync(folder, { bigint: true });
    return { identity: identityOf(stat, real), entries };
  }
}

function sizeOf({ entries }: Looked): number {
  return entries.names.length + entries.subfolders.length;
}
