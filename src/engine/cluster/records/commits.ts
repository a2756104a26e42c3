import { lineOfResult } from '../../../shared/line-of-result.ts';
import type { ItemResult } from '../../../shared/result.ts';
import type { BucketRecord, Owner } from './bucket-record.ts';
import { isWithCare } from './deaths.ts';

/** A part has so many results at most … */
const mostInPart = 500;
/** … and is written so long after its first result at the latest, in milliseconds. */
const longestWaitMs = 5_000;

/** Commits the results of a bucket, in parts that are written whole. */
export class Commits {
  readonly #bucket: BucketRecord;
  readonly #owner: Owner;
  readonly #onFault: (error: unknown) => void;
  readonly #mostInPart: number;
  #lines: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #written = 0;
  #writing: Promise<void> = Promise.resolve();

  /** @param onFault is told that nothing can be committed any more. */
  constructor(bucket: BucketRecord, owner: Owner, onFault: (error: unknown) => void) {
    this.#bucket = bucket;
    this.#owner = owner;
    this.#onFault = onFault;
    this.#mostInPart = isWithCare(owner) ? 1 : mostInPart;
  }

  /** How many parts there are. */
  get count(): number {
    return this.#written;
  }

  add(result: ItemResult): void {
    // Somebody else will do it, or this worker later.
    if (result.status === 'cancelled') return;
    this.#lines.push(`${lineOfResult(result)}\n`);
    this.#timer ??= setTimeout(() => this.commit(), longestWaitMs);
    if (this.#lines.length >= this.#mostInPart) this.commit();
  }

  /** Writes what is left. @returns how many parts there are. @throws if some could not be written. */
  async end(): Promise<number> {
    this.commit();
    await this.#writing;
    return this.#written;
  }

  /** Writes what there is as a part. */
  commit(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#lines.length === 0) return;
    const lines = this.#lines.join('');
    this.#lines = [];
    const sequence = this.#written;
    this.#written += 1;
    // One after the other: a part counts only with all before it.
    this.#writing = this.#writing.then(() => this.#bucket.commit(this.#owner, sequence, lines));
    this.#writing.catch(this.#onFault);
  }
}
