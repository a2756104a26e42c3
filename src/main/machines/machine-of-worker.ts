import type { HeardWorker, RunStanding } from '../../engine/cluster/front-ends/index.ts';
import type { RunSnapshot } from '../../shared/ipc/run.ts';
import type { Machine } from '../../shared/machines/machine-messages.ts';
import { readWorkerName } from '../../shared/machines/worker-name.ts';
import type { Elsewhere } from '../runs/run-options.ts';

/** So many workers of a run are shown: more of them nobody reads. */
const mostWorkers = 100;

/** A worker as the window shows it. @param heard what it has told last, if it tells anything. */
export function machineOf(
  name: string,
  heard: HeardWorker | undefined,
  isLost = heard?.isLost ?? false,
): Machine {
  return {
    name,
    ...readWorkerName(name),
    isLost,
    ...(heard && {
      since: Date.parse(heard.since) || 0,
      heardMs: Math.round(heard.heardMs),
      places: heard.places,
      busy: heard.busy,
      perSecond: heard.perSecond,
    }),
    buckets: (heard?.buckets ?? []).map(({ run, bucket, items, done, skipped, failed }) => ({
      run,
      bucket,
      items,
      ended: done + skipped + failed,
      failed,
    })),
  };
}

/** How far a run is that is followed. */
export function elsewhereOf({ counts, buckets, workers, others, hosts }: RunStanding): Elsewhere {
  const { done, skipped, failed, bytesIn, bytesOut } = counts;
  const handedOut: Omit<NonNullable<RunSnapshot['handedOut']>, 'run' | 'isLost'> = {
    buckets,
    others,
    workers: workers.slice(0, mostWorkers).map((worker) => machineOf(worker.name, worker)),
  };
  return { reached: { done, skipped, failed, bytesIn, bytesOut }, hosts, handedOut };
}
