import { closeSync, ftruncateSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { makeFolders } from '../../files/make-folders.ts';
import { keepFresh } from '../../files/parts/heartbeat.ts';
import { journalPath } from './journal-folder.ts';
import { runIdAt } from './run-id.ts';

/** A file that only this process appends to, and only this user reads: it names files and URLs. */
export class JournalFile {
  readonly id: string;
  readonly #path: string;
  readonly #file: number;
  readonly #release: () => void;
  #bytes = 0;

  private constructor(id: string, path: string, file: number) {
    this.id = id;
    this.#path = path;
    this.#file = file;
    this.#release = keepFresh(file);
  }

  /** Makes the file for a run that starts now. @throws an error of the file system. */
  static create(folder: string, now = performance.timeOrigin + performance.now()): JournalFile {
    makeFolders(resolve(folder), 0o700);
    // Another run may start at the same moment: an id lasts for some 15 microseconds.
    for (let ms = now; ; ms += 0.02) {
      const id = runIdAt(ms);
      const path = journalPath(id, folder);
      try {
        return new JournalFile(id, path, openSync(path, 'ax', 0o600));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
  }

  /** Appends whole lines. @throws an error of the file system; then none of them is there. */
  append(lines: string): void {
    const bytes = Buffer.from(lines);
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at);
      this.#bytes += bytes.length;
    } catch (error) {
      ftruncateSync(this.#file, this.#bytes);
      throw error;
    }
  }

  close(): void {
    this.#release();
    closeSync(this.#file);
  }

  remove(): void {
    this.close();
    unlinkSync(this.#path);
  }
}
