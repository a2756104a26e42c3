import { UsageError } from '../../../../engine/index.ts';
import { runHead, runIdOf, runIds } from '../../../../engine/run/front-ends/index.ts';

/** What a journal keeps of a run that was handed out. */
export interface QueueDetails {
  /** Without its password. */
  readonly url: string;
  readonly run: string;
  readonly place: string;
}

/** The queue that is meant. @throws UsageError if none is named. */
export function queueUrl(given: string | undefined): string {
  const url = given ?? process.env.SHOAL_QUEUE;
  if (url === undefined || url === '') {
    throw new UsageError('Expected a queue such as redis://host:6379, or SHOAL_QUEUE in the environment.', {
      setting: 'queue',
    });
  }
  return url;
}

/** The queue of a run: as given, by the environment, or as the journal of the run that was submitted here has it. */
export function queueUrlOf(id: string, given: string | undefined): string {
  return queueUrl(given ?? process.env.SHOAL_QUEUE ?? detailsOf(id)?.url);
}

/**
 * What the journal of who submitted a run knows of it.
 * @param id of the run in the queue, or of its journal.
 * @returns undefined if the run was not submitted here.
 */
export function detailsOf(id: string): QueueDetails | undefined {
  if (id === 'last') return runHead(runIdOf(id))?.details?.queue as QueueDetails | undefined;
  for (const each of runIds()) {
    const details = runHead(each)?.details?.queue as QueueDetails | undefined;
    if (details && (details.run === id || each === id)) return details;
  }
  return undefined;
}

/** Whether a former run of this machine, named by its id, the beginning of an id or `last`, was handed out. */
export function wasHandedOut(id: string): boolean {
  return runHead(runIdOf(id))?.details?.queue !== undefined;
}
