import type { RunStanding } from '../../engine/cluster/front-ends/index.ts';

/** At most so often, in milliseconds. */
const everyMs = 2_000;

/** The `standing` events of `--json`: how far a run is that workers have, while its results are still to come. */
export class StandingEvents {
  readonly #write: (line: string) => void;
  #toldAt = Number.NEGATIVE_INFINITY;
  #last = '';

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  tell(standing: RunStanding): void {
    const now = performance.now();
    if (now - this.#toldAt < everyMs) return;
    const { items, counts, buckets, workers, others, hosts } = standing;
    const event = {
      type: 'standing',
      items,
      ...counts,
      buckets,
      workers: workers.map(({ heardMs, buckets: theirs, ...worker }) => ({
        ...worker,
        heardMs: Math.round(heardMs),
        buckets: theirs.map(({ run: _run, hosts: _hosts, ...bucket }) => bucket),
      })),
      otherWorkers: others,
      ...(hosts && { hosts: hosts.hosts }),
    };
    const line = JSON.stringify(event);
    if (line === this.#last) return;
    this.#toldAt = now;
    this.#last = line;
    this.#write(line);
  }
}
