import * as z from 'zod/mini';
import type { FetchRequest, MapRequest, ThumbnailRequest } from '../../../shared/requests.ts';
import { isRunId } from '../../run/journal/run-id.ts';
import type { Place } from '../places/place.ts';
import { DamagedState, keptJson } from './kept-json.ts';

/** The version of what workers and submitters say to each other. Of another version nothing is taken. */
export const protocolVersion = 1;

/** Where nothing is set there is no recipe: workers of a former version know none. */
type SharedMap = Omit<MapRequest, 'inputs' | 'recipe'> & Partial<Pick<MapRequest, 'recipe'>>;

/** What all machines know of a run: written once, before its buckets are handed out. Nothing in it is secret. */
export interface RunRecord {
  readonly version: number;
  readonly id: string;
  /** The version of the program that wrote it. */
  readonly program: string;
  readonly submittedAt: string;
  /** What was done with what, in a few words. */
  readonly title: string;
  /** Without its inputs, which the buckets have. */
  readonly request: Omit<FetchRequest, 'inputs'> | ThumbnailRequest | SharedMap;
  readonly force: boolean;
  readonly items: number;
  /** How many items each bucket has. */
  readonly sizes: readonly number[];
  /** Of the person's own module: workers whose file differs do not run it. */
  readonly moduleHash?: string;
  /** The run whose failed items this one does again: its buckets have the items. */
  readonly retryOf?: { readonly id: string; readonly buckets: readonly number[] };
}

const count = z.int().check(z.nonnegative());
const runId = z.string().check(z.refine(isRunId));
/** The request is checked whole by who runs it. */
const runRecordSchema = z.looseObject({
  version: z.int(),
  id: runId,
  program: z.string(),
  submittedAt: z.string(),
  title: z.string(),
  request: z.looseObject({ kind: z.enum(['fetch', 'thumbnails', 'map']) }),
  force: z.boolean(),
  items: count,
  sizes: z.array(count),
  moduleHash: z.optional(z.string()),
  retryOf: z.optional(z.looseObject({ id: runId, buckets: z.array(count) })),
});

/** Where the state of a run is in its place. */
export function keyOfRun(id: string, name: string): string {
  return `.shoal/${id}/${name}`;
}

export async function readRun(place: Place, id: string): Promise<RunRecord | undefined> {
  const key = keyOfRun(id, 'run.json');
  const content = await place.read(key);
  if (!content) return undefined;
  const record = keptJson(runRecordSchema, content, `${key} of ${place.title}`) as unknown as RunRecord;
  if (record.id !== id) throw new DamagedState(`${key} of ${place.title} is of another run.`);
  return record;
}

/** From now on workers find the run. Its id is nobody else's. */
export function writeRun(place: Place, record: RunRecord): Promise<void> {
  return place.write(keyOfRun(record.id, 'run.json'), JSON.stringify(record, undefined, 1));
}

/** Removes what was put there of a run that was not handed out. Its id stays taken. */
export async function removeRun(place: Place, id: string): Promise<void> {
  for await (const key of place.list(keyOfRun(id, 'buckets/'))) await place.remove(key);
  for (const name of ['refused.ndjson', 'run.json']) await place.remove(keyOfRun(id, name));
}

/** The number of a bucket as keys and folders have it. */
export function bucketName(bucket: number): string {
  return String(bucket).padStart(5, '0');
}
