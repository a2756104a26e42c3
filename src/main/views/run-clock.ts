/**
 * A run's own time in milliseconds. It stands still while the run is paused, so that a pause does not lower the rate.
 */
export class RunClock {
  readonly #now: () => number;
  #startedAt: number;
  #pausedAt: number | undefined;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#startedAt = now();
  }

  read(): number {
    return (this.#pausedAt ?? this.#now()) - this.#startedAt;
  }

  pause(): void {
    this.#pausedAt ??= this.#now();
  }

  resume(): void {
    if (this.#pausedAt === undefined) return;
    this.#startedAt += this.#now() - this.#pausedAt;
    this.#pausedAt = undefined;
  }
}
