import { isPlaceIn, openPlace } from '../places/open-place.ts';
import type { Place } from '../places/place.ts';
import { type RunRecord, readRun } from '../records/run-record.ts';

/** The places that a worker's jobs name, and the runs in them: each opened and read once. */
export class PlacesOfWorker {
  readonly #allowed: readonly string[] | undefined;
  readonly #open = new Map<string, Promise<Place>>();
  readonly #runs = new Map<string, RunRecord>();

  /** @param allowed the places that the worker is limited to; absent: any. */
  constructor(allowed?: readonly string[]) {
    this.#allowed = allowed;
  }

  /** @throws if the place is not for this worker, or there is no such run in it. */
  async find(named: string, id: string): Promise<{ readonly place: Place; readonly record: RunRecord }> {
    const place = await this.#placeOf(named);
    // Two places may have a run of the same id.
    const key = `${place.title} ${id}`;
    const record = this.#runs.get(key) ?? (await readRun(place, id));
    if (!record)
      throw new Error(`There is no run ${id} in ${place.title}: is it the folder that all machines see?`);
    this.#runs.set(key, record);
    return { place, record };
  }

  async close(): Promise<void> {
    for (const place of this.#open.values()) await (await place).close();
  }

  async #placeOf(named: string): Promise<Place> {
    const known = this.#open.get(named);
    if (known) return known;
    if (this.#allowed && !isPlaceIn(named, this.#allowed))
      throw new Error(`${named} is none of this worker's places.`);
    const opened = openPlace(named);
    opened.catch(() => this.#open.delete(named));
    this.#open.set(named, opened);
    return opened;
  }
}
