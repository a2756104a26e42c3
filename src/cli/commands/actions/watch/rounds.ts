import { statSync } from 'node:fs';
import type { Engine } from '../../../../engine/engine.ts';
import { type RunOptions, UsageError } from '../../../../engine/index.ts';
import { SeenSet } from '../../../../engine/run/front-ends/index.ts';
import type { ThumbnailRequest } from '../../../../shared/requests.ts';
import type { ItemResult } from '../../../../shared/result.ts';
import type { WatchTeller } from '../../../output/watch/watch-teller.ts';
import { type RunFlags, reportedRun } from '../reported-run.ts';

interface Settings {
  readonly flags: RunFlags;
  readonly signal: AbortSignal;
  readonly teller: WatchTeller;
}

/** What a look has found. */
interface ToDo {
  readonly inputs: SeenSet;
  readonly removals: number;
}

/**
 * The rounds of a watch: each is an ordinary run of the request. All but the first begin with a look, a dry run, and are
 * limited to what it has found: of a folder that is up to date nothing is told, and no journal is kept.
 */
export class Rounds {
  /** Whether a signal has ended a round before its time. */
  wasInterrupted = false;
  readonly #engine: Engine;
  readonly #request: ThumbnailRequest;
  readonly #settings: Settings;
  /** What failed, as it was then: it is not tried again before it changes. */
  readonly #failed = new SeenSet();
  #count = 0;

  constructor(engine: Engine, request: ThumbnailRequest, settings: Settings) {
    this.#engine = engine;
    this.#request = request;
    this.#settings = settings;
  }

  /** Does what is there. @throws UsageError if nothing can be begun. */
  async first(): Promise<void> {
    const { force = false } = this.#settings.flags;
    await this.#run({ force });
  }

  /** Does what has come since. What keeps it from that is told, and waited for. */
  async next(): Promise<void> {
    const { signal, teller } = this.#settings;
    try {
      const { inputs, removals } = await this.#look();
      if (signal.aborted || inputs.size + removals === 0) return;
      teller.round(this.#count + 1, { items: inputs.size, removals });
      await this.#run({ only: inputs });
    } catch (error) {
      // As where all folders are gone: their return is waited for.
      if (!(error instanceof UsageError)) throw error;
      teller.problem(error.sentences);
    }
  }

  async #look(): Promise<ToDo> {
    const inputs = new SeenSet();
    let removals = 0;
    await this.#engine.run(this.#request, {
      dryRun: true,
      poolSize: 1,
      signal: this.#settings.signal,
      onResult: (result) => {
        const { input, status, reason } = result;
        if (status === 'skipped' && reason !== 'dry-run') return;
        if (this.#failed.size > 0 && this.#failed.has(stateOf(result))) return;
        inputs.add(input);
      },
      onRemoved: () => {
        removals += 1;
      },
    });
    return { inputs, removals };
  }

  async #run({ force = false, only }: Pick<RunOptions, 'force' | 'only'>): Promise<void> {
    const { flags, signal } = this.#settings;
    const request = this.#request;
    const { reporter, options, tellResult, tellSummary } = await reportedRun(
      request,
      { ...flags, force },
      { signal, only },
    );
    this.#count += 1;
    try {
      const summary = await this.#engine.run(request, {
        ...options,
        onResult: (result) => {
          // For a set the run goes through all images.
          if (only && !only.has(result.input)) return;
          tellResult(result);
          if (result.status === 'failed') this.#failed.add(stateOf(result));
        },
      });
      tellSummary(summary);
      this.wasInterrupted = signal.aborted;
    } catch (error) {
      reporter.stop?.();
      throw error;
    }
  }
}

/** Tells an item, as it is now, from what it may become. */
function stateOf({ input }: Pick<ItemResult, 'input'>): string {
  try {
    const { size, mtimeMs, ctimeMs } = statSync(input);
    return `${input}\0${size}:${mtimeMs}:${ctimeMs}`;
  } catch (error) {
    return `${input}\0${(error as NodeJS.ErrnoException).code}`;
  }
}
