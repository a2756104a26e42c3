import type { HeardWorker, QueuedProgress, RunStanding } from '../../engine/cluster/front-ends/index.ts';
import type { RunSnapshot } from '../../shared/ipc/run.ts';
import type { Machine, QueuedRun } from '../../shared/machines/machine-messages.ts';
import { readWorkerName } from '../../shared/machines/worker-name.ts';
import { titleInWords } from '../inputs/kept-words.ts';
import type { Elsewhere } from '../runs/run-options.ts';

/** So many workers of a run are shown: more of them nobody reads. */
const mostWorkers = 100;

/** A worker as the window shows it. @param heard what it has told last, if it tells anything. */
function machineOf(name: string, heard: HeardWorker | undefined, isLost = heard?.isLost ?? false): Machine {
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

/** Those that are connected, and those that were lost a short while ago. */
export function machinesOf(
  connected: readonly { readonly name: string }[],
  heard: readonly HeardWorker[],
): Machine[] {
  const names = new Set(connected.map(({ name }) => name));
  const told = new Map(heard.map((worker) => [worker.name, worker]));
  for (const { name } of heard) names.add(name);
  return [...names].sort().map((name) => {
    const worker = told.get(name);
    // The connection of a machine without power is held open for long, and one that ends has said so.
    const isLost = worker?.isLost || !connected.some((each) => each.name === name);
    return machineOf(name, worker, isLost);
  });
}

/** With what workers have done of buckets that have not ended. */
export function queuedRunOf(run: QueuedProgress, heard: readonly HeardWorker[]): QueuedRun {
  const { refused: _refused, ...told } = run;
  const here = {
    ...told,
    title: titleInWords(run.title),
    submittedAt: Date.parse(run.submittedAt) || 0,
    atWork: 0,
  };
  if (run.state !== 'queued') return here;
  const buckets = heard.filter(({ isLost }) => !isLost).flatMap((worker) => worker.buckets);
  for (const bucket of buckets) {
    if (bucket.run !== run.id) continue;
    here.atWork += 1;
    here.done = Math.min(run.items, here.done + bucket.done + bucket.skipped);
    here.failed = Math.min(run.items, here.failed + bucket.failed);
  }
  return here;
}
