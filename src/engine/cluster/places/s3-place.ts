import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { type ItemError, UsageError } from '../../../shared/failure.ts';
import type { PartFile } from '../../files/parts/part-file.ts';
import type { Place } from './place.ts';
import { type S3Address, s3Address, s3Url } from './s3-address.ts';
import { type S3Library, type S3Patience, s3Client } from './s3-client.ts';
import { isDenied, isNoSuchKey, isTaken, s3Fault } from './s3-fault.ts';
import { upload } from './s3-upload.ts';
import { sha256OfFile } from './sha256-of-file.ts';

/** What is known of an object without reading it. */
export interface S3Object {
  readonly key: string;
  readonly bytes: number;
  /** Differs from that of each other version of the object; absent where nobody asked. */
  readonly version?: string;
  /** As we noted it when we wrote the object; absent of those of others. */
  readonly sha256?: string;
}

/** A key that nothing has. */
const probe = '.shoal-probe';

/** A part of an S3-compatible object storage. Writes are whole or not at all by the protocol. */
export class S3Place implements Place {
  readonly title: string;
  readonly #address: S3Address;
  readonly #library: S3Library;
  readonly #client: S3Client;

  private constructor(address: S3Address, library: S3Library, client: S3Client) {
    this.#address = address;
    this.#library = library;
    this.#client = client;
    this.title = s3Url(address).replace(/\/$/, '');
  }

  /**
   * @param url `s3://bucket/prefix`.
   * @throws UsageError if there is no such bucket, or it may not be used.
   */
  static async open(url: string, patience?: S3Patience): Promise<S3Place> {
    const address = s3Address(url);
    const { library, client } = await s3Client(patience);
    const place = new S3Place(address, library, client);
    try {
      await place.read(probe);
    } catch (error) {
      // Who may not list is told that about objects that are not there.
      if (!isDenied((error as ItemError).cause)) {
        client.destroy();
        throw new UsageError(`${(error as ItemError).message}.`, { cause: error });
      }
    }
    return place;
  }

  urlOf(key: string): string {
    return s3Url(this.#address, key);
  }

  async read(key: string): Promise<Buffer | undefined> {
    const object = this.#object(key);
    try {
      const { Body } = await this.#client.send(new this.#library.GetObjectCommand(object));
      return Body ? Buffer.from(await Body.transformToByteArray()) : Buffer.alloc(0);
    } catch (error) {
      if (isNoSuchKey(error)) return undefined;
      throw this.#fault(error, key);
    }
  }

  async write(key: string, content: Uint8Array | string): Promise<void> {
    await this.#put(key, content, {});
  }

  async create(key: string, content: Uint8Array | string): Promise<boolean> {
    // Servers that do not know the condition below would replace what is there.
    if (await this.look(key)) return false;
    try {
      await this.#put(key, content, { IfNoneMatch: '*' });
      return true;
    } catch (error) {
      if (isTaken((error as ItemError).cause)) return false;
      throw error;
    }
  }

  async take(key: string, file: string): Promise<void> {
    await this.copy(key, file, await sha256OfFile(file));
    await rm(file, { force: true });
  }

  async put(key: string, part: PartFile): Promise<void> {
    part.close();
    await this.take(key, part.path);
  }

  async putNew(key: string, part: PartFile): Promise<boolean> {
    if (await this.has(key)) return false;
    part.close();
    try {
      await this.copy(key, part.path, await sha256OfFile(part.path), { asNew: true });
    } catch (error) {
      if (isTaken((error as ItemError).cause)) return false;
      throw error;
    }
    part.discard();
    return true;
  }

  /** Puts a local file there, and leaves it here. */
  async copy(key: string, file: string, sha256: string, { asNew = false } = {}): Promise<void> {
    const { Bucket: bucket, Key } = this.#object(key);
    try {
      await upload({ library: this.#library, client: this.#client, bucket, key: Key, file, sha256, asNew });
    } catch (error) {
      throw this.#fault(error, key);
    }
  }

  async has(key: string): Promise<boolean> {
    return (await this.look(key)) !== undefined;
  }

  async sha256(key: string): Promise<string | undefined> {
    const there = await this.look(key);
    return there && (there.sha256 ?? '');
  }

  /** Copies an object into a local file. */
  async fetch(key: string, file: string): Promise<void> {
    try {
      const { Body } = await this.#client.send(new this.#library.GetObjectCommand(this.#object(key)));
      await pipeline(Body as Readable, createWriteStream(file));
    } catch (error) {
      throw this.#fault(error, key);
    }
  }

  async look(key: string): Promise<S3Object | undefined> {
    try {
      const { ContentLength = 0, Metadata } = await this.#client.send(
        new this.#library.HeadObjectCommand(this.#object(key)),
      );
      const sha256 = Metadata?.sha256;
      return { key, bytes: ContentLength, ...(sha256 !== undefined && { sha256 }) };
    } catch (error) {
      if (isNoSuchKey(error)) return undefined;
      throw this.#fault(error, key);
    }
  }

  async *list(prefix: string): AsyncGenerator<string, void> {
    for await (const { key } of this.objects(prefix)) yield key;
  }

  /**
   * Like `list`, with sizes and versions, in the order of their keys.
   * @param isDeep whether also those are told that have a slash behind the prefix.
   */
  async *objects(prefix: string, { isDeep = true } = {}): AsyncGenerator<S3Object, void> {
    const { Bucket, Key: Prefix } = this.#object(prefix);
    let ContinuationToken: string | undefined;
    do {
      const Delimiter = isDeep ? {} : { Delimiter: '/' };
      const wanted = {
        Bucket,
        Prefix,
        ...Delimiter,
        ...(ContinuationToken !== undefined && { ContinuationToken }),
      };
      const page = await this.#client
        .send(new this.#library.ListObjectsV2Command(wanted))
        .catch((error: unknown) => {
          throw this.#fault(error, prefix);
        });
      for (const { Key = '', Size = 0, ETag = '', LastModified } of page.Contents ?? []) {
        const version = `${ETag} ${Size} ${LastModified?.getTime() ?? 0}`;
        yield { key: Key.slice(this.#address.prefix.length), bytes: Size, version };
      }
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
  }

  async remove(key: string): Promise<void> {
    try {
      await this.#client.send(new this.#library.DeleteObjectCommand(this.#object(key)));
    } catch (error) {
      throw this.#fault(error, key);
    }
  }

  async close(): Promise<void> {
    this.#client.destroy();
  }

  async #put(key: string, content: Uint8Array | string, condition: { IfNoneMatch?: string }): Promise<void> {
    const Body = typeof content === 'string' ? Buffer.from(content) : content;
    const sha256 = createHash('sha256').update(Body).digest('hex');
    const object = { ...this.#object(key), ...condition, Body, Metadata: { sha256 } };
    try {
      await this.#client.send(new this.#library.PutObjectCommand(object));
    } catch (error) {
      throw this.#fault(error, key);
    }
  }

  #object(key: string): { readonly Bucket: string; readonly Key: string } {
    const { bucket, prefix } = this.#address;
    return { Bucket: bucket, Key: prefix + key };
  }

  #fault(error: unknown, key: string): ItemError {
    return s3Fault(error, this.urlOf(key));
  }
}
