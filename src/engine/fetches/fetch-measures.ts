import type { WorkerPool } from '../pool/worker-pool.ts';
import type { LiveLimits } from '../run/limits/live-limits.ts';
import type { FeatureMeasures } from '../run/limits/run-gauge.ts';
import { Bandwidth } from './protocol/bandwidth.ts';
import type { MemoryBudget } from './protocol/memory-budget.ts';
import type { WorkerSettings } from './protocol/protocol.ts';

/** What the threads that fetch and the budgets that they share tell of what limits a run. */
export function fetchMeasures(
  pool: WorkerPool | undefined,
  { bandwidth }: Pick<WorkerSettings, 'bandwidth'>,
  memory: MemoryBudget,
  limits: LiveLimits | undefined,
): Omit<FeatureMeasures, 'hostOf'> {
  const own = bandwidth && new Bandwidth(bandwidth);
  limits?.onChange((change) => {
    if (change.kind === 'bandwidth') own?.allow(change.bytesPerSecond);
  });
  return {
    ...(pool && { threads: pool.mostThreads, busiestThread: () => pool.busiest() }),
    ...(own && { bandwidth: () => own.bytesPerSecond, owesBandwidth: () => own.isOwed }),
    withoutMemory: () => memory.refusals,
  };
}
