import { runIdAt } from '../../run/journal/run-id.ts';
import { intoPlace } from '../places/into-place.ts';
import type { Place } from '../places/place.ts';
import { keyOfRun } from '../records/run-record.ts';
import type { QueuedRun, Registry } from './registry.ts';

/**
 * Begins a run in the queue, by an id that no other run has: neither in this queue, nor in the place, which other queues
 * may use as well. Ids are times, and nightly jobs of many machines begin in the same moment.
 * @throws UsageError if the place takes nothing.
 */
export async function beginRun(
  registry: Registry,
  place: Place,
  title: string,
): Promise<Pick<QueuedRun, 'id' | 'submittedAt'>> {
  for (;;) {
    const id = runIdAt(performance.timeOrigin + performance.now());
    const submittedAt = new Date().toISOString();
    if (!(await registry.begin({ id, title, place: place.title, submittedAt }))) continue;
    let isOurs = false;
    try {
      isOurs = await intoPlace(place, () =>
        place.create(keyOfRun(id, 'begun.json'), JSON.stringify({ submittedAt })),
      );
    } finally {
      if (!isOurs) await registry.forget(id);
    }
    if (isOurs) return { id, submittedAt };
  }
}
