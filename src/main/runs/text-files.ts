import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A list that no line was copied of and no run was kept of for this long is thrown away, in milliseconds. */
const keepFor = 30 * 24 * 60 * 60 * 1000;

/**
 * Pasted lists as files, for what can only name files: a command line, and the memory of a run. The same text is
 * the same file.
 */
export class TextFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  save(text: string): string {
    const name = `list-${createHash('sha256').update(text).digest('hex').slice(0, 16)}.txt`;
    const path = join(this.#folder, name);
    mkdirSync(this.#folder, { recursive: true });
    if (!existsSync(path)) writeFileSync(path, text);
    return path;
  }

  /** Once at the start. */
  removeOld(now = Date.now()): void {
    if (!existsSync(this.#folder)) return;
    for (const name of readdirSync(this.#folder)) {
      const path = join(this.#folder, name);
      if (now - statSync(path).mtimeMs > keepFor) unlinkSync(path);
    }
  }
}
