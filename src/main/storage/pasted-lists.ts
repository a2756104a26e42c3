import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, statSync, unlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { holdsBytes } from '../../engine/files/same-bytes.ts';
import { writeWhole } from '../../engine/files/write-whole.ts';

/** A list that no line was copied of and no run was kept of for this long is thrown away, in milliseconds. */
const keepForMs = 30 * 24 * 60 * 60 * 1000;

/**
 * Pasted lists as files, for what can only name files: a command line, and the memory of a run. The same text is
 * the same file.
 */
export class PastedLists {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  save(text: string): string {
    const name = `list-${createHash('sha256').update(text).digest('hex').slice(0, 16)}.txt`;
    const path = join(this.#folder, name);
    mkdirSync(this.#folder, { recursive: true });
    const bytes = Buffer.from(text);
    // What is there may have been torn by a version that wrote in place; what is as it should be counts as used today.
    if (holdsBytes(path, bytes)) utimesSync(path, new Date(), new Date());
    else writeWhole(path, bytes);
    return path;
  }

  /** Once at the start. */
  removeOld(now = Date.now()): void {
    for (const name of this.#names()) {
      const path = join(this.#folder, name);
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat?.isFile() && now - stat.mtimeMs > keepForMs) unlinkSync(path);
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
