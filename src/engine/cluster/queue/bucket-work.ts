import type { FetchAccess, FetchRequest, MapRequest, ThumbnailRequest } from '../../../shared/requests.ts';
import type { ItemResult, Summary } from '../../../shared/result.ts';
import type { RunOptions } from '../../run/run-options.ts';
import type { Place } from '../places/place.ts';
import type { BucketRecord, Owner } from '../records/bucket-record.ts';
import type { RunRecord } from '../records/run-record.ts';
import type { Pulse } from '../standings/pulse.ts';

/** What runs requests: the engine. */
export interface RequestRunner {
  run(request: FetchRequest | ThumbnailRequest | MapRequest, options: RunOptions): Promise<Summary>;
  /** Without the ledger. */
  runApart(request: FetchRequest, options: RunOptions): Promise<Summary>;
}

/** What a worker knows and no run tells: how to get access. */
export interface WorkerAccess {
  readonly access: FetchAccess;
  readonly headers: Readonly<Record<string, string>>;
}

export interface BucketWork extends WorkerAccess {
  readonly engine: RequestRunner;
  readonly place: Place;
  readonly record: RunRecord;
  readonly bucket: number;
  /** What the place keeps of the bucket, and of the one that has its items. */
  readonly kept: BucketRecord;
  readonly itemsIn: BucketRecord;
  readonly owner: Owner;
  readonly pulse: Pick<Pulse, 'begin'>;
  readonly options: Pick<RunOptions, 'poolSize' | 'limits' | 'signal'>;
  readonly onEnded: (result: ItemResult) => void;
}
