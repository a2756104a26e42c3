import type { ItemResult } from '../../shared/result.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LivePoolSize } from '../pool/live-pool-size.ts';
import type { Workers } from '../pool/workers.ts';

/** What every run can be told, whatever its task. */
export interface RunOptions {
  /** Items in flight at once; a `LivePoolSize` can be changed, paused and resumed while the run is on. */
  readonly poolSize?: number | LivePoolSize;
  /** Aborting starts nothing new and cancels what is in flight; the run still resolves to its summary. */
  readonly signal?: AbortSignal;
  /** Do items again that an earlier run has done. Default false. */
  readonly force?: boolean;
  /** Plan only: tell what would be done and write nothing. Default false. */
  readonly dryRun?: boolean;
  /** Only the items with these inputs; the others are left out, and named and placed as if they were not. */
  readonly only?: Pick<ReadonlySet<string>, 'has' | 'size'>;
  /** An item went in flight. */
  readonly onStart?: (started: { readonly index: number; readonly input: string }) => void;
  /**
   * A place of the pool took up an item, or (undefined) fell idle. Slots are numbered from 0, the lowest idle
   * one is taken first. Of items that travel to a worker together the place tells the last.
   */
  readonly onPlace?: (
    place: number,
    item: { readonly index: number; readonly input: string } | undefined,
  ) => void;
  /** An item ended, in the order of ending. */
  readonly onResult?: (result: ItemResult) => void;
  /** How many items there are as far as the source has been read; `final` once it has been read whole. */
  readonly onTotal?: (total: number, final: boolean) => void;
  /** Something the person should know that is not about one item. A whole sentence. */
  readonly onWarning?: (warning: string) => void;
}

/** What the engine adds to it. */
export interface RunContext extends RunOptions {
  /** What was made before; without one nothing is skipped and nothing remembered. */
  readonly ledger?: Ledger;
  /** Default: workers of the run's own. */
  readonly workers?: Workers;
}

/** Their names; the compiler sees to it that none is missing. */
export const runOptionNames: Readonly<Record<keyof RunOptions, true>> = {
  poolSize: true,
  signal: true,
  force: true,
  dryRun: true,
  only: true,
  onStart: true,
  onPlace: true,
  onResult: true,
  onTotal: true,
  onWarning: true,
};
