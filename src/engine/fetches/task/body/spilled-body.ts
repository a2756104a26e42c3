import { PartFile } from '../../../files/parts/part-file.ts';
import { isSystemError, systemItemError } from '../../../files/system-error.ts';
import { type Digest, Digests, type Expected } from '../../parts/digests.ts';

/** A body for which memory has no room, in a hidden file that is never renamed: its taker removes it. */
export class SpilledBody {
  readonly #folder: string;
  readonly #digests: Digests;
  readonly #part: PartFile;

  /** @throws ItemError that names the folder, if the file cannot be created. */
  constructor(folder: string, expected: Expected) {
    this.#folder = folder;
    this.#digests = new Digests(expected);
    this.#part = this.#inFolder(() => PartFile.create(folder, { mode: 0o600 }));
    this.#part.keepFresh();
  }

  get path(): string {
    return this.#part.path;
  }

  write(chunk: Buffer): void {
    this.#digests.update(chunk);
    this.#inFolder(() => this.#part.append(chunk));
  }

  finish(): Digest {
    this.#part.close();
    return this.#digests.digest();
  }

  remove(): void {
    this.#part.discard();
  }

  #inFolder<Value>(work: () => Value): Value {
    try {
      return work();
    } catch (error) {
      throw isSystemError(error) ? systemItemError(error, this.#folder, 'write') : error;
    }
  }
}
