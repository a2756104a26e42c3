import type { ListedUrl } from '../sources/lists/list-entry.ts';
import type { FetchPayload } from '../tasks/fetch/protocol.ts';
import { Tries } from './retries.ts';

/** One URL on its way through the run. */
export class FetchJob {
  readonly index: number;
  readonly entry: ListedUrl;
  payload: FetchPayload;
  readonly tries = new Tries();
  /** The time that its attempts took, in milliseconds. */
  ms = 0;

  constructor(index: number, entry: ListedUrl, payload: FetchPayload) {
    this.index = index;
    this.entry = entry;
    this.payload = payload;
  }
}
