import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { UsageError } from '../../../shared/failure.ts';
import {
  type FetchRequest,
  fetchRequestSchema,
  mapRequestSchema,
  type ThumbnailRequest,
  thumbnailRequestSchema,
} from '../../../shared/requests.ts';
import type { ItemResult, Summary } from '../../../shared/result.ts';
import { queryIsHidden } from '../../../shared/without-secrets.ts';
import { hashOfText } from '../../files/hash-of-text.ts';
import { SeenSet } from '../../files/seen-set.ts';
import { fileOfTask } from '../../map/task-address.ts';
import { itemKey } from '../../run/item-key.ts';
import type { RunOptions } from '../../run/run-options.ts';
import { inScratchFolder } from '../../run/scratch-folder.ts';
import { Tally } from '../../run/tally.ts';
import { folderLineSchema } from '../buckets/lines-of-request.ts';
import { outputFolderIn } from '../places/open-place.ts';
import type { BucketEnd, Owner } from '../records/bucket-record.ts';
import { Commits } from '../records/commits.ts';
import { InFlight } from '../records/in-flight.ts';
import { keptJson } from '../records/kept-json.ts';
import { bucketName } from '../records/run-record.ts';
import type { BucketWork } from './bucket-work.ts';
import { runDatasetBucket } from './run-dataset-bucket.ts';

/**
 * Works on what is left of a bucket, and commits the results as they come.
 * @returns the end of the bucket, or undefined if the work was ended before it.
 */
export async function runBucket(work: BucketWork): Promise<BucketEnd | undefined> {
  const { kept, owner, options, record, bucket } = work;
  const { poolSize } = options;
  using pulse = work.pulse.begin({ run: record.id, bucket, items: record.sizes[bucket] ?? 0, poolSize });
  for await (const result of kept.resultsOf(owner.adopts)) pulse.adopt(result);
  const broken = new AbortController();
  const commits = new Commits(kept, owner, (error) => broken.abort(error));
  const signal = AbortSignal.any([broken.signal, ...(options.signal ? [options.signal] : [])]);
  const tally = new Tally();
  const warnings: string[] = [];
  let twice = 0;
  const inFlight = new InFlight(kept, owner, commits);
  const onResult = (result: ItemResult): void => {
    inFlight.ends(result.input);
    commits.add(result);
    tally.add(result);
    pulse.add(result);
    work.onEnded(result);
  };
  for (const input of owner.suspects ?? []) onResult(deadly(input, owner));
  commits.commit();
  const told: RunOptions = {
    ...options,
    ...pulse.listens,
    signal,
    force: record.force,
    onStart: ({ input }) => inFlight.begins(input),
    onResult,
    onPassedOver: (passed) => {
      if (passed.why === 'twice') twice += passed.times;
    },
    onWarning: (warning) => {
      if (warnings.length < mostWarnings) warnings.push(warning);
    },
  };
  let summary: Partial<Summary> | undefined;
  try {
    summary = await runKind(work, told);
  } finally {
    // What was done is kept, whatever ended the work.
    await commits.end().catch((error: unknown) => broken.abort(error));
    if (!summary || signal.aborted) await kept.leave(owner).catch(() => {});
  }
  if (broken.signal.aborted) throw broken.signal.reason;
  if (options.signal?.aborted) return undefined;
  const { hosts, stages, pool, limit } = summary;
  return {
    worker: owner.worker,
    at: new Date().toISOString(),
    parts: await commits.end(),
    summary: {
      ...tally.summary(),
      ...(hosts && { hosts }),
      ...(stages && { stages }),
      ...(pool && { pool }),
      ...(limit && { limit }),
    },
    ...(twice > 0 && { twice }),
    ...(warnings.length > 0 && { warnings }),
  };
}

const mostWarnings = 20;

/** The result of an item that workers died of. */
function deadly(input: string, { deaths = 0 }: Owner): ItemResult {
  const message = `A worker's whole process died of ${input}, the last of ${deaths} in a row that got no further: it is left out.`;
  return { index: 0, input, status: 'failed', ms: 0, error: { code: 'WORKER_DIED', message } };
}

/** What has a result: by earlier owners, or because they died of it. */
async function* itemsThatAreOver({
  kept,
  owner,
}: BucketWork): AsyncGenerator<Pick<ItemResult, 'input' | 'listed'>, void> {
  for (const input of owner.suspects ?? []) yield { input };
  yield* kept.resultsOf(owner.adopts);
}

async function runKind(work: BucketWork, options: RunOptions): Promise<Partial<Summary>> {
  switch (work.record.request.kind) {
    case 'fetch':
      return runFetch(work, options);
    case 'thumbnails':
      return runThumbnails(work, await itemsOf(work), options);
    case 'map':
      return runMap(work, await itemsOf(work), options);
  }
}

async function itemsOf(work: BucketWork): Promise<Buffer> {
  const items = await work.itemsIn.readItems();
  if (!items) throw itemsAreGone(work);
  return items;
}

function itemsAreGone({ bucket, place }: BucketWork): Error {
  return new Error(`The items of bucket ${bucket} are gone from ${place.title}.`);
}

async function runFetch(work: BucketWork, options: RunOptions): Promise<Summary> {
  const { engine, place, record, bucket, access, headers, itemsIn } = work;
  const request = record.request as FetchRequest;
  const only = await chosenItems(work);
  const run = (list: string): Promise<Summary> => {
    const checked = fetchRequestSchema.parse({
      ...request,
      inputs: [{ kind: 'argument', value: list }],
      // Ranges were written out when the list was split.
      recipe: { ...request.recipe, literal: true, headers: { ...request.recipe.headers, ...headers } },
      access,
      outputFolder: outputFolderIn(place, bucketName(bucket)),
    });
    if (request.recipe.dataset !== 'off') return runDatasetBucket(checked, options, work);
    return engine.run(checked, { ...options, ...(only && { only }) });
  };
  const there = itemsIn.itemsFile();
  if (there !== undefined) {
    if (!existsSync(there)) throw itemsAreGone(work);
    return run(there);
  }
  return inScratchFolder(async (folder) => {
    const list = join(folder, `${bucketName(bucket)}.ndjson`);
    writeFileSync(list, await itemsOf(work));
    return run(list);
  });
}

async function runThumbnails(
  work: BucketWork,
  items: Buffer,
  options: RunOptions,
): Promise<Partial<Summary>> {
  const { engine, place } = work;
  const request = work.record.request as ThumbnailRequest;
  const chosen = await chosenItems(work);
  for (const line of textLines(items)) {
    const { folder, below, paths } = keptJson(folderLineSchema, line, `An item of bucket ${work.bucket}`);
    const wanted = new Set(chosen ? paths.filter((path) => chosen.has(path)) : paths);
    if (wanted.size === 0 || options.signal?.aborted) continue;
    const { match, exclude: _exclude, ...further } = request;
    const checked = thumbnailRequestSchema.parse({
      ...further,
      paths: folder === undefined ? paths : [folder],
      recursive: false,
      // A pattern with a slash is about paths below the folder that was given; the walk has chosen already.
      ...(match !== undefined && !match.includes('/') && { match }),
      outputFolder: outputFolderIn(place, below),
    });
    await engine.run(checked, { ...options, only: wanted });
  }
  return {};
}

const itemSchema = z.string();

async function runMap(work: BucketWork, items: Buffer, options: RunOptions): Promise<Summary> {
  const { engine, record } = work;
  const request = mapRequestSchema.parse({ ...record.request, inputs: [{ kind: 'items', items: [] }] });
  if (hashOfText(readFileSync(fileOfTask(request.module), 'utf8')) !== record.moduleHash) {
    throw new UsageError(`The module ${request.module} differs here from the one that was submitted.`);
  }
  const only = await work.kept.readOnly();
  const wanted = only && timesOf(only);
  // An item may have been given several times: as many of it are left as have no result.
  const over = new Map<string, number>();
  for await (const { input } of itemsThatAreOver(work)) over.set(input, (over.get(input) ?? 0) + 1);
  const left: string[] = [];
  for (const line of textLines(items)) {
    const item = keptJson(itemSchema, line, `An item of bucket ${work.bucket}`);
    if (wanted && !takeOne(wanted, item)) continue;
    if (!takeOne(over, item)) left.push(item);
  }
  return engine.run({ ...request, inputs: [{ kind: 'items', items: left }] }, options);
}

/** Which items of the bucket are still to be done. @returns undefined for all. */
async function chosenItems(work: BucketWork): Promise<RunOptions['only']> {
  const { kept, record, bucket } = work;
  const only = await kept.readOnly();
  const wanted = only && new Set(only);
  const over = new SeenSet();
  for await (const { input, listed } of itemsThatAreOver(work)) {
    if (!queryIsHidden(input)) over.add(itemKey(input, listed));
  }
  if (!wanted && over.size === 0) return undefined;
  const isOfPages = record.request.kind === 'fetch' && record.request.recipe.imagesOf;
  return {
    size: isOfPages
      ? Number.POSITIVE_INFINITY
      : Math.max(0, (only?.length ?? record.sizes[bucket] ?? 0) - over.size),
    has: (input, listed) => {
      const key = itemKey(input, listed);
      return !over.has(key) && (wanted?.has(key) ?? true);
    },
    leavesOut: (input, listed) => over.has(itemKey(input, listed)),
  };
}

function timesOf(items: readonly string[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const item of items) times.set(item, (times.get(item) ?? 0) + 1);
  return times;
}

function takeOne(times: Map<string, number>, item: string): boolean {
  const left = times.get(item) ?? 0;
  if (left > 0) times.set(item, left - 1);
  return left > 0;
}

function* textLines(content: Buffer): Generator<string, void> {
  for (let from = 0; from < content.length; ) {
    const end = content.indexOf(10, from);
    const until = end === -1 ? content.length : end;
    if (until > from) yield content.toString('utf8', from, until);
    from = until + 1;
  }
}
