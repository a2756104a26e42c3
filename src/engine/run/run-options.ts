import type { ItemResult } from '../../shared/result.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { WantedPoolSize } from '../pool/wanted-pool-size.ts';
import type { Workers } from '../pool/workers.ts';

/** Options of every run, whatever its task. */
export interface RunOptions {
  /** Items in flight at once, or `auto`: the run finds out how many. A `LivePoolSize` can be changed and paused during it. */
  readonly poolSize?: WantedPoolSize;
  /** Aborting starts nothing new and cancels what is in flight; the run still resolves to its summary. */
  readonly signal?: AbortSignal;
  /** Whether to repeat items that an earlier run has done. Default false. */
  readonly force?: boolean;
  /** Whether to plan only: reports what would be done and writes nothing. Default false. */
  readonly dryRun?: boolean;
  /** Limits the run to items with these inputs. The others are left out, without effect on the names of outputs. */
  readonly only?: Pick<ReadonlySet<string>, 'has' | 'size'>;
  /** Called when an item starts. */
  readonly onStart?: (started: { readonly index: number; readonly input: string }) => void;
  /**
   * Called when a slot of the pool takes up an item, or (undefined) becomes idle. Slots are numbered from 0; the lowest
   * idle one is taken first. Of items sent to a worker together, the slot reports the last.
   */
  readonly onPlace?: (
    place: number,
    item: { readonly index: number; readonly input: string } | undefined,
  ) => void;
  /** Called when an item has ended, in the order of ending. */
  readonly onResult?: (result: ItemResult) => void;
  /** Called with the number of items as far as the source has been read; `final` once it has been read completely. */
  readonly onTotal?: (total: number, final: boolean) => void;
  /** Called with a warning that is not about one item. A whole sentence. */
  readonly onWarning?: (warning: string) => void;
}

/** The options together with what the engine adds. */
export interface RunContext extends RunOptions {
  /** The ledger. Without one, nothing is skipped or recorded. */
  readonly ledger?: Ledger;
  /** Default: workers of its own for this run. */
  readonly workers?: Workers;
}

/** The names of all options; the compiler makes sure that none is missing. */
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
