import { t } from '../../languages/translate.ts';
import type { Machines, QueuedRun } from '../../shared/machines/machine-messages.ts';

/** How many workers there are, and what those of another version do. */
export function workersWords({ workers, others }: Pick<Machines, 'workers' | 'others'>): string {
  const ours =
    workers.length === 0
      ? t('No worker is connected: nothing is done until one is.')
      : t('{{count, number}} workers are connected.', { count: workers.length });
  if (others === 0) return ours;
  return `${ours} ${t('{{count, number}} workers of another version take nothing.', { count: others })}`;
}

/** A machine may have several workers. */
export function machineCount({ workers }: Pick<Machines, 'workers'>): number {
  return new Set(workers.map(({ machine }) => machine)).size;
}

/** Whether workers still have something to do of it. */
export function isOpen({ state, ended, broken, buckets }: QueuedRun): boolean {
  return state === 'splitting' || (state === 'queued' && ended + broken < buckets);
}

/** How a run stands, in a sentence that is true. */
export function standingWords(run: QueuedRun, workers: number): string {
  const { state, ended, broken, buckets } = run;
  switch (state) {
    case 'splitting':
      return t('It is being split into buckets. Nothing has started.');
    case 'not started':
      return t('Never started: who handed it out ended before all of it was there.');
    case 'cancelled':
      return t('Cancelled. What was done until then is in its folder.');
    case 'ended':
    case 'queued':
      break;
  }
  const parts: string[] = [];
  if (!isOpen(run)) parts.push(t('Ended.'));
  else if (workers === 0) parts.push(t('Waits for a worker.'));
  if (isOpen(run))
    parts.push(t('{{ended}} of {{count, number}} buckets have ended.', { ended, count: buckets }));
  if (broken > 0) {
    parts.push(t('{{count, number}} buckets failed: their items have no results.', { count: broken }));
  }
  return parts.join(' ');
}
