import type { ItemResult } from '../../shared/result.ts';
import type { StageSums } from '../../shared/stages.ts';
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
  /** The host that the next request goes to. */
  host: string;
  readonly tries = new Tries();
  /** The total time of its attempts, in milliseconds. */
  ms = 0;
  /** The same by stage, if that is told of each item. */
  stages: StageSums | undefined;

  #hasBegun = false;

  constructor(index: number, entry: ListedUrl, payload: FetchPayload) {
    this.index = index;
    this.entry = entry;
    this.payload = payload;
    this.host = entry.host;
  }

  /** Whether its first request comes now: its tries may be counted anew later. */
  begins(): boolean {
    const isFirst = !this.#hasBegun;
    this.#hasBegun = true;
    return isFirst;
  }

  /** The URL of the next request: the item's own, or the target of a redirect. */
  get url(): string {
    return this.payload.trail?.next ?? this.entry.url;
  }

  /** How the run came to that URL. */
  get way(): Way {
    const { trail, guarded = false, foreign = false } = this.payload;
    return { guarded: trail?.guarded ?? guarded, foreign: foreign || trail !== undefined };
  }

  /** Call after an attempt. @param part the name of the part that was kept of the file, if any, and its bytes. */
  keep(part: string | undefined, bytes = 0): void {
    const { parts: _parts, ...payload } = this.payload;
    const reached = Math.max(payload.reached ?? 0, bytes);
    this.payload = { ...payload, reached, ...(part !== undefined && { parts: [part] }) };
  }

  /** Continues at the target of a redirect. */
  follow(trail: Trail): void {
    this.payload = { ...this.payload, trail };
    this.host = new URL(trail.next).host;
  }

  /** Starts the next try at the item's own URL. */
  startOver(): void {
    const { trail: _trail, ...payload } = this.payload;
    this.payload = payload;
    this.host = this.entry.host;
  }

  /** Makes the job's result. @param tellsTries whether it includes the number of tries, if there were several. */
  resultOf(ending: Ending, tellsTries = true): ItemResult {
    const { count } = this.tries;
    const tried = tellsTries && count > 1 ? { tries: count } : {};
    const error = ending.error && { error: { ...ending.error, ...tried } };
    const stages = this.stages && { stages: this.stages.toMs() };
    return resultOf(resultBase(this.index, this.entry), this.ms, {
      ...ending,
      ...error,
      ...tried,
      ...stages,
    });
  }
}
