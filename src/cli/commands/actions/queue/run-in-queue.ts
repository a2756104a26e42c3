import { QueueClient, type Submission } from '../../../../engine/cluster/front-ends/index.ts';
import { UsageError } from '../../../../engine/index.ts';
import { assertWorkingFolder, inputItems } from '../../../../engine/run/front-ends/index.ts';
import { mapRequestSchema } from '../../../../shared/requests.ts';
import { checked } from '../../../flags/checked.ts';
import { out } from '../../../output/streams.ts';
import { notice, warn } from '../../../output/verbosity.ts';
import { counted, runTitle } from '../../../output/wording.ts';
import { exitCode } from '../../../process/exit-codes.ts';
import { interruptSignal } from '../../../process/interrupt.ts';
import { type FetchFlags, requestOf } from '../fetch.ts';
import { areFromInput, type MapFlags, recipeOf } from '../map.ts';
import { type RunFlags, titleOf } from '../reported-run.ts';
import { type ThumbsFlags, requestOf as thumbnailRequestOf } from '../thumbs.ts';
import { followHere } from './follow-here.ts';
import { queueUrl } from './queue-url.ts';

/** The flags of a run that is handed out. */
export interface QueueRunFlags {
  readonly queue?: string;
  readonly detach?: boolean;
  readonly out?: string;
}

/** `shoal fetch --queue`. @returns the exit code. */
export async function fetchInQueue(
  inputs: readonly string[],
  flags: FetchFlags & QueueRunFlags,
): Promise<number> {
  const request = await requestOf(inputs, flags);
  return runInQueue({ request, title: titleOf(request), force: flags.force ?? false }, flags);
}

/** `shoal thumbs --queue`. @returns the exit code. */
export function thumbsInQueue(paths: readonly string[], flags: ThumbsFlags & QueueRunFlags): Promise<number> {
  const request = thumbnailRequestOf(paths, flags);
  if (request.list) {
    throw new UsageError(
      'A list on standard input is of this machine alone: give the folders, or leave --queue out.',
    );
  }
  if (request.mirror) {
    throw new UsageError(
      'Thumbnails of deleted originals cannot be removed by a queue: each worker has a part.',
      {
        setting: 'mirror',
      },
    );
  }
  return runInQueue({ request, title: titleOf(request), force: flags.force ?? false }, flags);
}

/** `shoal map --queue`. @returns the exit code. */
export function mapInQueue(
  module: string,
  items: readonly string[],
  flags: MapFlags & QueueRunFlags,
): Promise<number> {
  const fromInput = areFromInput(items, flags);
  const signal = interruptSignal();
  const given = fromInput ? inputItems(process.stdin, { signal, null: flags.null ?? false }) : items;
  const recipe = recipeOf(flags);
  const inputs = [{ kind: 'items' as const, items: [] }];
  const request = checked(mapRequestSchema, { kind: 'map', module, recipe, inputs });
  const title = runTitle(`map ${module}`, fromInput ? ['-'] : items);
  return runInQueue({ request, items: given, title, force: false }, flags, signal);
}

/** Hands a run out to the workers of a queue, and follows it unless that is not wanted. @returns the exit code. */
async function runInQueue(
  submission: Submission,
  flags: RunFlags & QueueRunFlags,
  signal = interruptSignal(),
): Promise<number> {
  assertWorkingFolder();
  const url = queueUrl(flags.queue);
  const place = placeOf(flags);
  await using client = await QueueClient.connect(url, notice);
  const record = await client.submit(submission, { place, onWarning: warn, signal });
  const { ours, others } = await client.workers();
  const items = counted(record.items, 'item');
  const buckets = counted(record.sizes.length, 'bucket');
  notice(`${record.id}: ${items} in ${buckets}, ${counted(ours.length, 'worker')}.`);
  if (ours.length === 0) notice('No worker is connected: shoal work starts one.');
  for (const { name, version } of others) {
    notice(`${name} speaks version ${version} of the protocol, and takes nothing of this run.`);
  }
  if (flags.detach) {
    out.line(flags.json ? JSON.stringify({ type: 'run', id: record.id }) : record.id);
    return exitCode.fine;
  }
  return await followHere(client, record, { flags, place, url, signal });
}

/** @throws UsageError for flags that mean nothing to a run on other machines. */
function placeOf({ out: place, dryRun, pool, timings }: RunFlags & QueueRunFlags): string {
  if (place === undefined) {
    throw new UsageError('A run in a queue needs a folder that all machines see, for what it makes.', {
      setting: 'outputFolder',
    });
  }
  if (dryRun) throw new UsageError('What would be done is told without --queue.', { setting: 'dryRun' });
  if (pool !== undefined) throw new UsageError('Each worker has its own pool: give it to shoal work.');
  if (timings) throw new UsageError('--timings is told of runs on this machine only.');
  return place;
}
