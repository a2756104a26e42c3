import type { Engine } from '../../../../engine/engine.ts';
import { type FolderWatch, type FolderWatchState, UsageError } from '../../../../engine/index.ts';
import { isForQueue } from '../../../flags/is-for-queue.ts';
import { WatchTeller } from '../../../output/watch/watch-teller.ts';
import { codeOfInterruption, exitCode } from '../../../process/exit-codes.ts';
import { endSoon, interruptSignal } from '../../../process/interrupt.ts';
import type { QueueRunFlags } from '../queue/run-in-queue.ts';
import { requestOf, type ThumbsFlags } from '../thumbs.ts';
import { Rounds } from './rounds.ts';
import { Wake } from './wake.ts';
import { watchedPlaces } from './watched-places.ts';

/**
 * `shoal thumbs --watch`: what is there first, and then what comes or changes, until it is told to end.
 * @returns the exit code.
 */
export async function watchThumbnails(
  paths: readonly string[],
  flags: ThumbsFlags & QueueRunFlags,
  engine: Engine,
): Promise<number> {
  assertWatchable(paths, flags);
  const request = requestOf(paths, flags);
  const signal = interruptSignal();
  const teller = new WatchTeller(flags);
  const rounds = new Rounds(engine, request, { flags, signal, teller });
  const watches: FolderWatch[] = [];
  try {
    await rounds.first();
    const wake = new Wake(signal);
    const unwatched = new Set<string>();
    const places = signal.aborted ? [] : watchedPlaces(request);
    for (const place of places) {
      const onState = (state: FolderWatchState): void => {
        teller.state(place.path, state);
        if (state.kind !== 'failed') return;
        unwatched.add(place.path);
        wake.up();
      };
      const { names } = place;
      const options = { onChanged: () => wake.up(), onState, ...(names && { names }) };
      watches.push(await engine.watch(place.request, options));
    }
    while (!signal.aborted && unwatched.size < places.length) {
      await wake.next();
      if (!signal.aborted) await rounds.next();
    }
    if (!signal.aborted) return exitCode.someFailed;
    if (!rounds.wasInterrupted) return exitCode.fine;
    endSoon(signal);
    return codeOfInterruption(signal.reason);
  } finally {
    await Promise.all(watches.map((watch) => watch.close()));
    await engine.close();
  }
}

/** @throws UsageError for what cannot be watched. */
function assertWatchable(
  paths: readonly string[],
  { dryRun, shard, out, ...flags }: ThumbsFlags & QueueRunFlags,
): void {
  const refuse = (why: string): never => {
    throw new UsageError(`Cannot watch ${why}.`, { setting: 'watch' });
  };
  if (paths.includes('-')) refuse('a list: it is read once. Give the folders');
  if ([...paths, out ?? ''].some((path) => path.startsWith('s3://')))
    refuse('an object storage, nor write to one: it tells nobody what comes');
  if (dryRun) refuse('and do nothing: --dry-run tells once what would be done');
  if (isForQueue(flags)) refuse('for a queue: its workers may not see the folders. Leave --queue out');
  if (shard !== undefined) refuse('for a shard: each machine would have to see what comes to all');
}
