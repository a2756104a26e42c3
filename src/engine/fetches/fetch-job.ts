import type { ItemResult } from '../../shared/result.ts';
import { type Ending, resultOf } from '../run/run-results.ts';
import { resultBase } from './attempt-results.ts';
import { Tries } from './hosts/retries.ts';
import type { Way } from './hosts/robots-gate.ts';
import type { ListedUrl } from './lists/list-entry.ts';
import type { FetchPayload, Trail } from './protocol/protocol.ts';

/** One URL on its way through the run. */
export class FetchJob {
  readonly index: number;
  readonly entry: ListedUrl;
  payload: FetchPayload;
  /** Whom its next request goes to. */
  host: string;
  readonly tries = new Tries();
  /** The time that its attempts took, in milliseconds. */
  ms = 0;

  constructor(index: number, entry: ListedUrl, payload: FetchPayload) {
    this.index = index;
    this.entry = entry;
    this.payload = payload;
    this.host = entry.host;
  }

  /** What is asked next: the URL, or where it has redirected to. */
  get url(): string {
    return this.payload.trail?.next ?? this.entry.url;
  }

  /** How that came about. */
  get way(): Way {
    const { trail } = this.payload;
    return { guarded: trail?.guarded ?? false, foreign: trail !== undefined };
  }

  /** After an attempt. @param part what is kept of the file, by its name. */
  keep(part: string | undefined): void {
    const { parts: _parts, ...payload } = this.payload;
    this.payload = { ...payload, ...(part !== undefined && { parts: [part] }) };
  }

  /** Goes on where a redirect leads. */
  follow(trail: Trail): void {
    this.payload = { ...this.payload, trail };
    this.host = new URL(trail.next).host;
  }

  /** Begins its next try. */
  startOver(): void {
    const { trail: _trail, ...payload } = this.payload;
    this.payload = payload;
    this.host = this.entry.host;
  }

  /** Its result. @param tellsTries whether it is told how many tries it took, where it took several. */
  resultOf(ending: Ending, tellsTries = true): ItemResult {
    const { count } = this.tries;
    const tried = tellsTries && count > 1 ? { tries: count } : {};
    const error = ending.error && { error: { ...ending.error, ...tried } };
    return resultOf(resultBase(this.index, this.entry), this.ms, { ...ending, ...error, ...tried });
  }
}
