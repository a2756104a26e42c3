import type { Failure } from '../../shared/failure.ts';
import type { Limit } from '../../shared/limits/limit.ts';
import type { HostsStanding } from '../../shared/progress/hosts-standing.ts';
import type { ItemResult, RemovedOutput } from '../../shared/result.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { WantedPoolSize } from '../pool/wanted-pool-size.ts';
import type { Workers } from '../pool/workers.ts';
import type { LiveLimits } from './limits/live-limits.ts';
import type { SharedHosts } from './limits/shared-hosts.ts';

/** What a run's journal says of it beside its request. */
export interface JournalOptions {
  /** From where the run was started. */
  readonly front: 'terminal' | 'window' | 'library';
  /** What was done with what, in a few words. */
  readonly title: string;
  /** The request to keep, where the run's own cannot be run again, such as one with a pasted text. */
  readonly request?: object;
  /** The run whose items this one does again; `only` are the codes of failure that it was limited to. */
  readonly retryOf?: { readonly id: string; readonly only?: readonly string[] };
  /** What the front end wants to know of the run later: plain data. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Some items of a run: a set of inputs, or what looks at what the list demands of a URL as well. */
export interface ChosenItems {
  readonly size: number;
  readonly has: (input: string, listed?: ItemResult['listed']) => boolean;
  /** Excepts some of what comes from pages that are chosen. */
  readonly leavesOut?: (input: string, listed?: ItemResult['listed']) => boolean;
}

/** Options of every run, whatever its task. */
export interface RunOptions {
  /** Items in flight at once, or `auto`, the default: the run finds out how many. A `LivePoolSize` can be changed and paused during it. */
  readonly poolSize?: WantedPoolSize;
  /** Limits of a run of fetches that can be changed while it is on. Default: what the request says holds to the end. */
  readonly limits?: LiveLimits;
  /** Aborting starts nothing new and cancels what is in flight; the run still resolves to its summary. */
  readonly signal?: AbortSignal;
  /** Whether to repeat items that an earlier run has done. Default false. */
  readonly force?: boolean;
  /** Whether to plan only: reports what would be done and writes nothing. Default false. */
  readonly dryRun?: boolean;
  /**
   * Limits the run to items with these inputs, and to what comes from pages among them. The others are left out, without
   * effect on the names of outputs.
   */
  readonly only?: ChosenItems | undefined;
  /** Whether to keep a journal of the run, and what it says. A dry run has none. Default false. */
  readonly journal?: boolean | JournalOptions;
  /** Whether each result tells how long its stages took. Default false: only the summary does. */
  readonly timings?: boolean;
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
  /** Called about once a second with what limits the run of late, when that has changed. */
  readonly onLimit?: (limit: Limit) => void;
  /** Called a few times a second, in a run of fetches, with how far each host is. */
  readonly onHosts?: (hosts: HostsStanding) => void;
  /** Called with what the source has and the run leaves out: images that nobody here reads, URLs that were listed before. */
  readonly onPassedOver?: (
    passed:
      | { readonly why: 'unread'; readonly what: string; readonly input: string }
      | { readonly why: 'twice'; readonly times: number },
  ) => void;
  /** Called with each thumbnail that was removed because its original is gone, or of a dry run would be. */
  readonly onRemoved?: (removed: RemovedOutput) => void;
  /** Called with a warning that is not about one item. A whole sentence. */
  readonly onWarning?: (warning: string) => void;
}

/** What is known of an item before anything is done with it. */
export interface ListedItem {
  readonly input: string;
  readonly columns?: Readonly<Record<string, string>>;
}

/** One machine's part of the items. */
export interface ShardOfItems {
  /** `3/8` */
  readonly title: string;
  /** Whether the items of this key are done here: those of a host, or of a folder. */
  readonly includes: (key: string) => boolean;
}

/** Inputs that lie elsewhere, and are on this machine only while they are worked on. */
interface InputsElsewhere {
  /** @returns why those cannot be had that cannot. */
  readonly bring: (inputs: readonly string[]) => Promise<ReadonlyMap<string, Failure>>;
  readonly takeAway: (inputs: readonly string[]) => void;
}

/** The options together with what the engine adds. */
export interface RunContext extends RunOptions {
  /** Stands between the list and the run: leaves items out, and waits where the run is far enough ahead. */
  readonly throughList?: <Item extends ListedItem>(
    batches: AsyncIterable<readonly Item[]>,
  ) => AsyncIterable<readonly Item[]>;
  /** The part of the request's items that is done. Like `only`, it has no effect on the names of outputs. */
  readonly shard?: ShardOfItems;
  /** Of thumbnails: what `force` is about, where that is not all of them. */
  readonly forceOnly?: ChosenItems | undefined;
  /** Of thumbnails: what is walked are names without contents, which are brought before an image is read. */
  readonly inputsElsewhere?: InputsElsewhere;
  /** Called with the folders that a list of paths has, once it has been read. */
  readonly onListed?: (folders: readonly string[]) => void;
  /** The ledger. Without one, nothing is skipped or recorded. */
  readonly ledger?: Ledger;
  /** Default: workers of its own for this run. */
  readonly workers?: Workers;
  /** What runs at once ask together. Without it, the limits of hosts hold for this run alone. */
  readonly hosts?: SharedHosts;
}
