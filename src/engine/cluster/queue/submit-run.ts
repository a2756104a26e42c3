import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UsageError } from '../../../shared/failure.ts';
import { QueueProblem } from '../../../shared/machines/queue-problem.ts';
import { askedBy, templateOf } from '../../../shared/naming/name-template.ts';
import type { FetchRequest, MapRequest, ThumbnailRequest } from '../../../shared/requests.ts';
import { boxesOf } from '../../../shared/settings/boxes.ts';
import { asksForSets } from '../../../shared/settings/set-kinds.ts';
import type { TextOfBytes } from '../../../shared/text-of-bytes.ts';
import { version as program } from '../../../shared/version.ts';
import { withoutSecretsIn } from '../../../shared/without-secrets.ts';
import { hashOfText } from '../../files/hash-of-text.ts';
import { itemsOfInputs } from '../../map/items-of-inputs.ts';
import { fileOfTask } from '../../map/task-address.ts';
import { keptRequest } from '../../run/journal/kept-request.ts';
import { inScratchFolder } from '../../run/scratch-folder.ts';
import {
  type LinesOptions,
  linesOfFetch,
  linesOfMap,
  linesOfThumbnails,
} from '../buckets/lines-of-request.ts';
import { type GroupedLine, splitItems } from '../buckets/split-items.ts';
import { assertCanBeSet } from '../dataset/can-be-set.ts';
import { takeForSet } from '../dataset/set-of-queue.ts';
import { intoPlace } from '../places/into-place.ts';
import type { Place } from '../places/place.ts';
import { isS3Address } from '../places/s3-address.ts';
import { BucketRecord } from '../records/bucket-record.ts';
import { keyOfRun, protocolVersion, type RunRecord, removeRun, writeRun } from '../records/run-record.ts';
import { listsFromStorage } from '../storage/lists-from-storage.ts';
import { beginRun } from './begin-run.ts';
import { handOut } from './hand-out.ts';
import { ListOfSet } from './list-of-set.ts';
import type { Registry } from './registry.ts';

/** At least so many buckets a worker: when one of them has the last bucket, the others have not waited long. */
const bucketsAWorker = 8;
/** So often is shown that the submitter is alive, and looked whether the run is still wanted. */
const lookEveryMs = 3_000;

/** What is to be done. */
export interface Submission {
  readonly request: FetchRequest | ThumbnailRequest | MapRequest;
  /** Those of a person's own function, in place of what its request names. */
  readonly items?: Iterable<string> | AsyncIterable<TextOfBytes>;
  readonly title: string;
  readonly force: boolean;
}

export interface SubmitOptions {
  readonly registry: Registry;
  readonly place: Place;
  readonly onWarning: (warning: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Splits a run into buckets, puts them into the place, and hands them out. Until all of them are there, nothing starts.
 * @throws UsageError for what cannot be done by other machines.
 */
export async function submitRun(submission: Submission, options: SubmitOptions): Promise<RunRecord> {
  const { registry, place } = options;
  assertCanBeHandedOut(submission.request);
  const request = sharedRequest(submission.request, place);
  const { force } = submission;
  const isRedacted = request.kind === 'fetch' && request.recipe.redact;
  const title = withoutSecretsIn(submission.title, { query: isRedacted });
  const { id, submittedAt } = await beginRun(registry, place, title);
  const cancelled = new AbortController();
  const signal = AbortSignal.any([cancelled.signal, ...(options.signal ? [options.signal] : [])]);
  const look = async (): Promise<void> => {
    await registry.showsSplitting(id);
    if (await registry.isCancelled(id))
      cancelled.abort(new UsageError(`${id} was cancelled while it was split.`));
  };
  const looking = setInterval(() => look().catch(() => {}), lookEveryMs);
  try {
    const workers = (await registry.workers()).filter(({ version }) => version === protocolVersion).length;
    const { sizes, refused } = await inScratchFolder(async (scratch) => {
      const refusals = new Refusals(join(scratch, 'refused.ndjson'));
      const local = await withLocalLists(submission, scratch);
      const lines = linesOf(local, { ...options, signal, onRefused: (result) => refusals.add(result) });
      const set = setOf(submission);
      const planned = await splitItems(set?.digested(lines) ?? lines, {
        scratch,
        signal,
        // The tars of a data set are the same however many workers there are.
        bucketOptions: () =>
          set ? { target: set.settings.mostItems } : { leastBuckets: Math.max(1, workers * bucketsAWorker) },
        onBucket: (bucket, content) =>
          intoPlace(place, () => new BucketRecord(place, id, bucket).writeItems(content)),
      });
      await intoPlace(place, () => refusals.putInto(place, id));
      if (set) await intoPlace(place, () => takeForSet(place, set.told(), force));
      return { sizes: planned.sizes, refused: refusals.count };
    });
    const items = sizes.reduce((sum, size) => sum + size, 0) + refused;
    const module = request.kind === 'map' && hashOfText(readFileSync(fileOfTask(request.module), 'utf8'));
    const record: RunRecord = {
      version: protocolVersion,
      id,
      program,
      submittedAt,
      title,
      request,
      force,
      items,
      sizes,
      ...(module && { moduleHash: module }),
    };
    await look();
    signal.throwIfAborted();
    await intoPlace(place, () => writeRun(place, record));
    await handOut(registry, record, place.title, [...sizes.keys()]);
    return record;
  } catch (error) {
    // Nothing of it was handed out. Who cancelled it sees that it is.
    if (!cancelled.signal.aborted) await registry.forget(id).catch(() => {});
    await removeRun(place, id).catch(() => {});
    throw error;
  } finally {
    clearInterval(looking);
  }
}

/** Lists in an object storage are read here alone: workers get their items. */
async function withLocalLists(submission: Submission, scratch: string): Promise<Submission> {
  const { request } = submission;
  return request.kind === 'fetch'
    ? { ...submission, request: await listsFromStorage(request, scratch) }
    : submission;
}

function setOf({ request }: Submission): ListOfSet | undefined {
  return request.kind === 'fetch' && request.recipe.dataset !== 'off' ? new ListOfSet(request) : undefined;
}

function linesOf(submission: Submission, options: LinesOptions): AsyncIterable<readonly GroupedLine[]> {
  const { request } = submission;
  if (request.kind === 'fetch') return linesOfFetch(request, options);
  if (request.kind === 'thumbnails') return linesOfThumbnails(request, options);
  const { signal = new AbortController().signal, onWarning } = options;
  return linesOfMap(submission.items ?? itemsOfInputs(request, { signal, onWarning }), options);
}

/** @throws UsageError for what workers cannot put together, or not read. */
function assertCanBeHandedOut(request: Submission['request']): void {
  if (request.shard !== undefined) {
    throw new UsageError('A queue shares the items among its workers: shards are for machines without one.', {
      setting: 'shard',
    });
  }
  if (asksForSets(request)) {
    throw new UsageError(
      'A set is of all items, and a worker has a part of them: make it by a run without a queue when all are done.',
    );
  }
  if (request.kind === 'map' && request.recipe.stopOnError !== undefined) {
    throw new UsageError(
      'The workers of a queue know nothing of what failed at others: its runs are not ended by it.',
      {
        setting: 'stopOnError',
      },
    );
  }
  if (request.kind === 'fetch' && request.recipe.dataset !== 'off') assertCanBeSet(request, {});
  if (request.kind === 'thumbnails' && mayMeetAtWorkers(request)) {
    throw new UsageError(
      'The workers of a queue see one folder at a time: let the names begin with {folder}/, or have no folders and no {folder}.',
      { setting: 'nameTemplate' },
    );
  }
}

/** Whether workers, each with the images of one folder, could give a name twice, or another one than they should. */
function mayMeetAtWorkers({ recipe }: ThumbnailRequest): boolean {
  const { folders, ownFolder, place } = askedBy(templateOf(recipe.nameTemplate, boxesOf(recipe)));
  return place || (folders && !ownFolder);
}

/** The request as all machines may read it: paths whole, nothing secret. */
function sharedRequest(request: Submission['request'], place: Place): RunRecord['request'] {
  if (request.kind === 'map') {
    const { inputs: _inputs, recipe, ...shared } = request;
    const isSet = Object.keys(recipe).length > 0;
    return { ...shared, module: resolve(request.module), ...(isSet && { recipe }) };
  }
  if (request.kind === 'thumbnails')
    return { ...request, paths: request.paths.map((path) => (isS3Address(path) ? path : resolve(path))) };
  const { request: kept, withheld } = keptRequest(request);
  const secret = withheld.filter((key) => key !== 'inputs');
  if (secret.length > 0) {
    throw new QueueProblem('HAS_SECRETS', { settings: secret.join(', ') });
  }
  const { inputs: _inputs, access: _access, ...shared } = kept as FetchRequest;
  return { ...shared, access: {}, outputFolder: place.title };
}

/** What no worker can do: it is in the report with its failure. */
class Refusals {
  readonly #file: string;
  #lines: string[] = [];
  count = 0;

  constructor(file: string) {
    this.#file = file;
    writeFileSync(file, '');
  }

  add(result: object): void {
    this.count += 1;
    this.#lines.push(`${JSON.stringify({ type: 'result', ...result })}\n`);
    if (this.#lines.length >= 1_000) this.#write();
  }

  async putInto(place: Place, id: string): Promise<void> {
    this.#write();
    if (this.count > 0) await place.take(keyOfRun(id, 'refused.ndjson'), this.#file);
  }

  #write(): void {
    appendFileSync(this.#file, this.#lines.join(''));
    this.#lines = [];
  }
}
