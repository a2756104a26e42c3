import { type FileHandle, open } from 'node:fs/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import type { S3Library } from './s3-client.ts';

/** Larger files go in parts, of which some are in memory at a time. Parts of less than 5 MiB are not allowed. */
const partBytes = 16 * 1024 * 1024;
const partsAtOnce = 3;
const mostParts = 10_000;

export interface S3Upload {
  readonly library: S3Library;
  readonly client: S3Client;
  readonly bucket: string;
  readonly key: string;
  readonly file: string;
  readonly sha256: string;
  /** Whether it fails where an object has the key. */
  readonly asNew?: boolean;
}

/** Puts a file into an object. Nothing is seen of it before it is whole, and nothing stays of one that fails. */
export async function upload(to: S3Upload): Promise<void> {
  const source = await open(to.file);
  try {
    const { size } = await source.stat();
    if (size <= partBytes) await inOne(to, source, size);
    else await inParts(to, source, size);
  } finally {
    await source.close();
  }
}

async function inOne(to: S3Upload, source: FileHandle, size: number): Promise<void> {
  const { library, client, bucket, key, sha256 } = to;
  const Body = await piece(source, 0, size);
  const object = { Bucket: bucket, Key: key, Body, Metadata: { sha256 }, ...conditionOf(to) };
  await client.send(new library.PutObjectCommand(object));
}

async function inParts(to: S3Upload, source: FileHandle, size: number): Promise<void> {
  const { library, client, bucket, key, sha256 } = to;
  const object = { Bucket: bucket, Key: key };
  const { UploadId } = await client.send(
    new library.CreateMultipartUploadCommand({ ...object, Metadata: { sha256 } }),
  );
  const each = Math.max(partBytes, Math.ceil(size / mostParts));
  const count = Math.ceil(size / each);
  const Parts: { ETag: string | undefined; PartNumber: number }[] = [];
  let next = 0;
  const sendParts = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      const Body = await piece(source, index * each, Math.min(each, size - index * each));
      const part = { ...object, UploadId, PartNumber: index + 1, Body };
      const { ETag } = await client.send(new library.UploadPartCommand(part));
      Parts[index] = { ETag, PartNumber: index + 1 };
    }
  };
  try {
    const sent = await Promise.allSettled(Array.from({ length: partsAtOnce }, sendParts));
    for (const each of sent) if (each.status === 'rejected') throw each.reason;
    await client.send(
      new library.CompleteMultipartUploadCommand({
        ...object,
        ...conditionOf(to),
        UploadId,
        MultipartUpload: { Parts },
      }),
    );
  } catch (error) {
    // The parts of an upload that is not ended are kept, and charged for.
    await client.send(new library.AbortMultipartUploadCommand({ ...object, UploadId })).catch(() => {});
    throw error;
  }
}

function conditionOf({ asNew }: S3Upload): { readonly IfNoneMatch?: string } {
  return asNew ? { IfNoneMatch: '*' } : {};
}

async function piece(source: FileHandle, at: number, size: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(size);
  for (let filled = 0; filled < size; ) {
    const { bytesRead } = await source.read(bytes, filled, size - filled, at + filled);
    if (bytesRead === 0) throw new Error('the file became shorter while it was read');
    filled += bytesRead;
  }
  return bytes;
}
