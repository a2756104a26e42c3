import { t } from '../../languages/translate.ts';
import type { Machine, Machines, QueuedRun } from '../../shared/machines/machine-messages.ts';
import { count, duration } from './format.ts';
import { dayWords, timeWords } from './run-words.ts';

/** The workers that take buckets now. */
export function presentOf({ workers }: Pick<Machines, 'workers'>): Machine[] {
  return workers.filter(({ isLost }) => !isLost);
}

/** How many workers there are, and what those of another version do. */
export function workersWords(now: Pick<Machines, 'workers' | 'others'>): string {
  const { others } = now;
  const workers = presentOf(now);
  const ours =
    workers.length === 0
      ? t('No worker is connected: nothing is done until one is.')
      : t('{{count, number}} workers are connected.', { count: workers.length });
  if (others === 0) return ours;
  return `${ours} ${t('{{count, number}} workers of another version take nothing.', { count: others })}`;
}

/** A machine may have several workers. */
export function machineCount(now: Pick<Machines, 'workers'>): number {
  return new Set(presentOf(now).map(({ machine }) => machine)).size;
}

/** What a worker does, or since when nothing is known of that. */
export function workWords({ isLost, heardMs, places = 0, busy = 0, buckets }: Machine): string {
  if (isLost) {
    // The connection ended a moment ago.
    return heardMs === undefined || heardMs < 2_000
      ? t('Not heard of any more. Others take its buckets.')
      : t('Not heard of for {{time}}. Others take its buckets.', {
          time: duration(Math.floor(heardMs / 1_000) * 1_000),
        });
  }
  if (heardMs === undefined) return t('Tells nothing of what it does.');
  if (buckets.length === 0) return t('Waits for a bucket.');
  return t('{{busy}} of {{count, number}} places taken', { busy: count(busy), count: places });
}

/** Which program it is, and since when it takes buckets. */
export function originWords({ process, program, since }: Machine): string {
  const parts: string[] = [];
  if (program !== undefined) parts.push(t('Shoal {{program}}, process {{process}}', { program, process }));
  if (since !== undefined) {
    const now = Date.now();
    const day = now - since < 12 * 3_600_000 ? '' : `${dayWords(since, now)} `;
    parts.push(t('since {{when}}', { when: `${day}${timeWords(since)}` }));
  }
  return parts.join(' · ');
}

/** Whether workers still have something to do of it. */
export function isOpen({ state, ended, broken, buckets }: QueuedRun): boolean {
  return state === 'splitting' || (state === 'queued' && ended + broken < buckets);
}

/** How a run stands, in a sentence that is true. */
export function standingWords(run: QueuedRun, workers: number): string {
  const { state, ended, atWork, broken, buckets } = run;
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
  if (isOpen(run) && atWork > 0) parts.push(t('{{count, number}} at work.', { count: atWork }));
  if (broken > 0) {
    parts.push(t('{{count, number}} buckets failed, and their items with them.', { count: broken }));
  }
  return parts.join(' ');
}
