import type { ItemResult } from '../../shared/result.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LivePoolSize } from '../pool/live-pool-size.ts';

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
  /** What was made before; without one nothing is skipped and nothing remembered. */
  readonly ledger?: Ledger;
  /** The worker threads' entry, for shells that bundle the engine. */
  readonly workerFile?: string;
  /** An item went in flight. */
  readonly onStart?: (started: { readonly index: number; readonly input: string }) => void;
  /** An item ended, in the order of ending. */
  readonly onResult?: (result: ItemResult) => void;
  /** How many items there are as far as the source has been read; `final` once it has been read whole. */
  readonly onTotal?: (total: number, final: boolean) => void;
  /** Something the person should know that is not about one item. A whole sentence. */
  readonly onWarning?: (warning: string) => void;
}
