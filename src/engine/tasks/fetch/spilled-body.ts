import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { partPathIn } from '../../files/part-file.ts';
import { isSystemError, systemItemError } from '../../files/system-error.ts';
import { type Digest, Digests, type Expected } from './digests.ts';

/** A body that memory has no room for, in a hidden file that never gets another name: whoever takes it removes it. */
export class SpilledBody {
  readonly path: string;
  readonly #folder: string;
  readonly #digests: Digests;
  #file: number | undefined;

  /** @throws ItemError that names the folder. */
  constructor(folder: string, expected: Expected) {
    this.#folder = folder;
    this.#digests = new Digests(expected);
    this.path = partPathIn(folder);
    this.#inFolder(() => {
      // Never what somebody else has put there.
      this.#file = openSync(this.path, 'wx', 0o600);
    });
  }

  write(chunk: Buffer): void {
    this.#digests.update(chunk);
    this.#inFolder(() => {
      if (this.#file === undefined) return;
      // A signal or a full disk can make a write shorter than asked.
      for (let from = 0; from < chunk.length; ) {
        from += writeSync(this.#file, chunk, from, chunk.length - from);
      }
    });
  }

  finish(): Digest {
    this.#close();
    return this.#digests.digest();
  }

  remove(): void {
    this.#close();
    rmSync(this.path, { force: true });
  }

  #close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #inFolder(work: () => void): void {
    try {
      work();
    } catch (error) {
      throw isSystemError(error) ? systemItemError(error, this.#folder, 'write') : error;
    }
  }
}
