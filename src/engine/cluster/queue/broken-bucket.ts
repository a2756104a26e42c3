import { inputsOfLine } from '../buckets/lines-of-request.ts';
import type { Place } from '../places/place.ts';
import { BucketRecord, type KeptResult } from '../records/bucket-record.ts';
import type { RunRecord } from '../records/run-record.ts';

/** The results of a bucket that failed by itself: what was committed before, and all that is left of it as failed. */
export async function* resultsOfBroken(
  { id, request, retryOf }: RunRecord,
  bucket: number,
  problem: string,
  place: Place,
): AsyncGenerator<KeptResult, void> {
  const kept = new BucketRecord(place, id, bucket);
  const only = await kept.readOnly();
  const items = only ? undefined : await new BucketRecord(place, retryOf?.id ?? id, bucket).readItems();
  const lines = items?.toString().split('\n').filter(Boolean) ?? [];
  // An item may have been given several times.
  const left = new Map<string, number>();
  for (const input of only ?? lines.flatMap((line) => inputsOf(request.kind, line))) {
    left.set(input, (left.get(input) ?? 0) + 1);
  }
  for await (const result of kept.resultsSoFar()) {
    left.set(result.input, (left.get(result.input) ?? 0) - 1);
    yield result;
  }
  const message = `Bucket ${bucket}, which this item is in, failed: ${problem}`;
  const error = { code: 'BUCKET_FAILED', message } as const;
  for (const [input, times] of left) {
    for (let time = 0; time < times; time += 1) yield { input, status: 'failed', ms: 0, error };
  }
}

/** A line that is damaged may be what the bucket failed by: nobody knows its items. */
function inputsOf(kind: RunRecord['request']['kind'], line: string): readonly string[] {
  try {
    return inputsOfLine(kind, line);
  } catch {
    return [];
  }
}
