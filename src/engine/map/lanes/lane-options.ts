import type { Transferable } from 'node:worker_threads';
import type { LivePoolSize } from '../../pool/live-pool-size.ts';
import type { PoolRun } from '../../pool/worker-pool.ts';
import type { LaneOpening } from '../common/messages.ts';
import type { Job } from '../common/outcome.ts';

export interface LaneExecutorOptions<Item> {
  readonly run: PoolRun;
  readonly opening: Omit<LaneOpening, 'port' | 'claims'>;
  readonly poolSize: LivePoolSize;
  /** The most workers at once. */
  readonly mostLanes: number;
  readonly chunkSize?: number | undefined;
  readonly retries?: number | undefined;
  readonly itemsPerWorker?: number | undefined;
  readonly onProgress?: ((job: Job<Item>, progress: unknown) => void) | undefined;
  readonly transfer?: ((item: Item) => readonly Transferable[]) | undefined;
}
