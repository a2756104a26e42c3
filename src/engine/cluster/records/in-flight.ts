import type { BucketRecord, Owner } from './bucket-record.ts';
import type { Commits } from './commits.ts';
import { isWithCare } from './deaths.ts';

/** Notes of a worker that takes care, one item at a time, what it works on: that is what it has died of if it does. */
export class InFlight {
  readonly #bucket: BucketRecord;
  readonly #owner: Owner;
  readonly #commits: Commits;
  readonly #inputs: string[] = [];
  readonly #isWithCare: boolean;

  constructor(bucket: BucketRecord, owner: Owner, commits: Commits) {
    this.#bucket = bucket;
    this.#owner = owner;
    this.#commits = commits;
    this.#isWithCare = isWithCare(owner);
  }

  begins(input: string): void {
    if (!this.#isWithCare) return;
    this.#inputs.push(input);
    this.#bucket.noteBegun(this.#owner, { inputs: this.#inputs, since: this.#commits.count });
  }

  ends(input: string): void {
    const at = this.#inputs.indexOf(input);
    if (at !== -1) this.#inputs.splice(at, 1);
  }
}
