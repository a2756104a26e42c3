import { createHash } from 'node:crypto';
import { readdirSync, statSync, unlinkSync, utimesSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { makeFolders } from '../../engine/files/make-folders.ts';
import { holdsBytes } from '../../engine/files/same-bytes.ts';
import { writeWhole } from '../../engine/files/write-whole.ts';

/** A list that no copied line and no saved run has used for this long is deleted, in milliseconds. */
const keepForMs = 30 * 24 * 60 * 60 * 1000;

/**
 * Pasted lists as files, for command lines and saved runs, which can only refer to a list by path. Equal texts share
 * one file.
 */
export class PastedLists {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  save(text: string): string {
    const name = `list-${createHash('sha256').update(text).digest('hex').slice(0, 16)}.txt`;
    const path = join(this.#folder, name);
    makeFolders(resolve(this.#folder));
    const bytes = Buffer.from(text);
    // An older version wrote in place and may have left a torn file. An intact one counts as used today.
    if (holdsBytes(path, bytes)) utimesSync(path, new Date(), new Date());
    else writeWhole(path, bytes);
    return path;
  }

  /** The text of a list that was saved here; undefined of any other path. */
  async textOf(path: string): Promise<string | undefined> {
    return dirname(path) === this.#folder ? readFile(path, 'utf8').catch(() => undefined) : undefined;
  }

  /**
   * Deletes lists that have not been used for a long time. Called once at the start.
   * @param needed those that something still refers to.
   */
  removeOld(now = Date.now(), needed: ReadonlySet<string> = new Set()): void {
    for (const name of this.#names()) {
      const path = join(this.#folder, name);
      const stat = statSync(path, { throwIfNoEntry: false });
      if (!needed.has(path) && stat?.isFile() && now - stat.mtimeMs > keepForMs) unlinkSync(path);
    }
  }

  #names(): string[] {
    try {
      return readdirSync(this.#folder);
    } catch {
      // Nothing has been saved yet.
      return [];
    }
  }
}
