import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { groupCount, groupOf } from './group-of.ts';
import { type BucketOptions, type PlannedBuckets, planBuckets } from './plan-buckets.ts';
import { linesOfFile, Spool } from './spool.ts';

/** A line of a bucket, and what decides which bucket that is. */
export interface GroupedLine {
  readonly belongsTo: string;
  /** Without a line break. */
  readonly line: string;
  /** How many items it stands for. */
  readonly items: number;
}

/** Buckets of so many bytes together are taken into memory at once. */
const mostHeldBytes = 8 * 1024 * 1024;
/** How many hexadecimal digits a group has. */
const groupDigits = 5;

export interface SplitOptions {
  /** A folder of this machine that has room for all lines twice. */
  readonly scratch: string;
  readonly signal?: AbortSignal | undefined;
  /** Asked once the items are counted. */
  readonly bucketOptions: () => BucketOptions;
  /** Takes one bucket's lines: as bytes, or as a file that it may move away. */
  readonly onBucket: (bucket: number, lines: Buffer | { readonly file: string }) => Promise<void>;
}

/**
 * Splits any number of lines into buckets, in flat memory: first all lines are written to one file and counted by group,
 * then they are parted into files of a few buckets each, then those are taken apart. Lines keep their order.
 */
export async function splitItems(
  lines: AsyncIterable<readonly GroupedLine[]>,
  { scratch, signal, bucketOptions, onBucket }: SplitOptions,
): Promise<PlannedBuckets> {
  const counts = new Uint32Array(groupCount);
  const bytes = new Float64Array(groupCount);
  const all = join(scratch, 'all');
  const spool = new Spool(() => all, 1);
  for await (const batch of lines) {
    signal?.throwIfAborted();
    for (const { belongsTo, line, items } of batch) {
      const group = groupOf(belongsTo);
      const written = Buffer.from(`${group.toString(16).padStart(groupDigits, '0')}${line}\n`);
      counts[group] = (counts[group] ?? 0) + items;
      bytes[group] = (bytes[group] ?? 0) + written.length;
      spool.add(0, written);
    }
  }
  spool.end();
  const planned = planBuckets(counts, bucketOptions());
  const parts = partsOf(planned, bytes);
  const partFile = (part: number): string => join(scratch, `part-${part}`);
  const parted = new Spool(partFile, parts.count);
  for (const line of linesOfFile(all)) {
    parted.add(parts.ofBucket[bucketOf(line, planned)] ?? 0, line);
    if (parted.hasJustWritten) {
      signal?.throwIfAborted();
      await nextTurn();
    }
  }
  parted.end();
  rmSync(all, { force: true });
  for (let part = 0; part < parts.count; part += 1) {
    signal?.throwIfAborted();
    const file = partFile(part);
    const first = parts.ofBucket.indexOf(part);
    if (parts.ofBucket[first + 1] === part) await takeApart(readFileSync(file), planned, onBucket);
    else await onBucket(first, { file: withoutGroups(file) });
    rmSync(file, { force: true });
  }
  return planned;
}

function bucketOf(line: Buffer, { bucketOfGroup }: PlannedBuckets): number {
  return bucketOfGroup[Number.parseInt(line.toString('latin1', 0, groupDigits), 16)] ?? 0;
}

/** Which buckets are parted into one file: neighbours, as many as fit into memory. */
function partsOf({ bucketOfGroup, sizes }: PlannedBuckets, bytesByGroup: Float64Array) {
  const bytes = new Float64Array(sizes.length);
  for (let group = 0; group < bucketOfGroup.length; group += 1) {
    const bucket = bucketOfGroup[group] ?? bytes.length;
    if (bucket < bytes.length) bytes[bucket] = (bytes[bucket] ?? 0) + (bytesByGroup[group] ?? 0);
  }
  const ofBucket = new Uint32Array(sizes.length);
  let part = 0;
  let held = 0;
  for (const [bucket, size] of bytes.entries()) {
    if (held > 0 && held + size > mostHeldBytes) {
      part += 1;
      held = 0;
    }
    held += size;
    ofBucket[bucket] = part;
  }
  return { ofBucket, count: sizes.length === 0 ? 0 : part + 1 };
}

async function takeApart(
  content: Buffer,
  planned: PlannedBuckets,
  onBucket: SplitOptions['onBucket'],
): Promise<void> {
  const lines = new Map<number, Buffer[]>();
  for (let from = 0; from < content.length; ) {
    const end = content.indexOf(10, from) + 1;
    const line = content.subarray(from, end);
    const bucket = bucketOf(line, planned);
    const known = lines.get(bucket);
    if (known) known.push(line.subarray(groupDigits));
    else lines.set(bucket, [line.subarray(groupDigits)]);
    from = end;
  }
  for (const [bucket, of] of lines) await onBucket(bucket, Buffer.concat(of));
}

function withoutGroups(file: string): string {
  const bare = `${file}-bare`;
  const output = new Spool(() => bare, 1);
  closeSync(openSync(bare, 'w'));
  for (const line of linesOfFile(file)) output.add(0, line.subarray(groupDigits));
  output.end();
  return bare;
}
