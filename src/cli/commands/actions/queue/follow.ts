import { QueueClient } from '../../../../engine/cluster/front-ends/index.ts';
import { notice } from '../../../output/verbosity.ts';
import { interruptSignal } from '../../../process/interrupt.ts';
import { followHere } from './follow-here.ts';
import { detailsOf, queueUrlOf } from './queue-url.ts';

export interface FollowFlags {
  readonly queue?: string;
  readonly json?: boolean;
}

/**
 * `shoal follow ID`.
 * @returns the exit code.
 */
export async function follow(id: string, flags: FollowFlags): Promise<number> {
  const url = queueUrlOf(id, flags.queue);
  const signal = interruptSignal();
  await using client = await QueueClient.connect(url, notice);
  const { run, record } = await client.find(detailsOf(id)?.run ?? id);
  // Whoever submitted it has the journal.
  return await followHere(client, record, {
    flags: { ...flags, journal: false },
    place: run.place,
    url,
    signal,
  });
}
