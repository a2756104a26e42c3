import type { RunId, RunUpdate } from '../src/shared/ipc/run.ts';

/** A page as main sees it: it hears updates and, unless it is slow, acknowledges each at once. */
export class Page {
  readonly heard: RunUpdate[] = [];
  acknowledges = true;
  acknowledge: (runId: RunId, sequence: number) => void = () => {};
  #waiting: {
    readonly until: (update: RunUpdate) => boolean;
    readonly resolve: (update: RunUpdate) => void;
  }[] = [];

  readonly tell = (update: RunUpdate): void => {
    this.heard.push(update);
    // Across IPC an answer never comes within the call.
    if (this.acknowledges) setImmediate(() => this.acknowledge(update.runId, update.sequence));
    this.#waiting = this.#waiting.filter(({ until, resolve }) => {
      if (!until(update)) return true;
      resolve(update);
      return false;
    });
  };

  /** The first update from now on of which this holds. */
  hears(until: (update: RunUpdate) => boolean): Promise<RunUpdate> {
    const last = this.heard.at(-1);
    if (last !== undefined && until(last)) return Promise.resolve(last);
    return new Promise((resolve) => this.#waiting.push({ until, resolve }));
  }

  finished(runId?: RunId): Promise<RunUpdate> {
    return this.hears(
      (update) => update.state === 'finished' && (runId === undefined || update.runId === runId),
    );
  }
}
