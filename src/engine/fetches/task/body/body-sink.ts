import { firstBytesOf } from '../../../files/open-input.ts';
import { PartFile, PartLost } from '../../../files/parts/part-file.ts';
import { isSystemError, systemItemError } from '../../../files/system-error.ts';
import { type Digest, Digests, digestOf, type Expected } from '../../parts/digests.ts';
import type { Version } from '../../parts/file-version.ts';
import { type Place, type Placed, placeFile } from '../../parts/place-file.ts';
import {
  type Part,
  type PartPlace,
  partKeyOf,
  putAside,
  removeNote,
  removePart,
  writeNote,
} from '../../parts/resumable-part.ts';
import type { TransferWatch } from '../../protocol/exchange.ts';
import { AttemptError } from '../../protocol/fetch-errors.ts';
import { PooledBuffer } from './buffer-pool.ts';

/** A body up to this size, in bytes, is held in memory and written at once when it is complete. */
const maxBufferedBytes = 256 * 1024;
/** A shorter beginning of a file, in bytes, is not worth a part. */
export const minKeptBytes = 64 * 1024;
/** How often the progress of a part is noted, in milliseconds: later bytes are lost if the process is killed. */
const noteEveryMs = 5_000;
const noteEveryBytes = 8 * 1024 * 1024;

/** What all bodies of a run have in common, and the URL of this one. */
export interface BodyOf extends PartPlace {
  readonly url: string;
  readonly durable: boolean;
  readonly expected: Expected;
  readonly watch?: TransferWatch;
}

/**
 * Where a body goes. A small one is gathered and written in one call; a large one goes to a part beside its final name,
 * in large pieces. Writes are synchronous: they reach the page cache sooner than a thread of libuv's pool could be
 * asked, and a slow disk thereby slows the sockets down.
 */
export class BodySink {
  /** The size of the file so far, including the bytes of an earlier attempt. */
  bytes: number;
  readonly #of: BodyOf;
  readonly #gathered = new PooledBuffer();
  /** Set if an interrupted download can be continued later. */
  readonly #version: Version | undefined;
  #part: PartFile | undefined;
  #digests: Digests | undefined;
  /** When progress was last noted, and how much. */
  #noted = { ms: Number.NEGATIVE_INFINITY, bytes: 0 };

  private constructor(of: BodyOf, version: Version | undefined, bytes: number) {
    this.#of = of;
    this.#version = version;
    this.bytes = bytes;
  }

  /** A sink for a complete body. @param version set if an interrupted download could be continued later. */
  static fresh(of: BodyOf, version: Version | undefined): BodySink {
    return new BodySink(of, version, 0);
  }

  /** A sink that continues a part. */
  static continuing(of: BodyOf, { path, bytes, version, digests }: Part): BodySink {
    const sink = new BodySink(of, version, bytes);
    sink.#digests = digests;
    const file = sink.#inFile(() => PartFile.continue(path, bytes, of));
    sink.#part = file;
    file.keepFresh();
    try {
      sink.#inFile(() => sink.#note());
      return sink;
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /** Adds a chunk, which is copied. */
  write(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.#gathered.bytes + chunk.length > maxBufferedBytes) this.#inFile(() => this.#spill());
    this.#gathered.add(chunk);
  }

  /** The beginning of the body: at most so many bytes. */
  firstBytes(most: number): Uint8Array {
    if (!this.#part) return Buffer.concat(this.#gathered.parts()).subarray(0, most);
    const part = this.#part;
    return this.#inFile(() => firstBytesOf(part.path, most));
  }

  /** Gives the complete body its final name. @param accept may reject it by its digests, by throwing. */
  finish(
    place: Pick<Place, 'name' | 'owned'>,
    accept: (digest: Digest) => void,
  ): Placed & { digest: Digest } {
    try {
      return this.#inFile(() => {
        const { folder, url } = this.#of;
        const { part, digest } = this.#complete(accept);
        const placed = placeFile(part, digest.sha256, { folder, url, ...place });
        if (this.#isResumable) removeNote(part.path);
        return { ...placed, digest };
      });
    } catch (error) {
      this.discard();
      throw error;
    }
  }

  /**
   * Call if the download was interrupted: keeps what can be continued.
   * @param least the fewest bytes that are worth it.
   * @returns the part's name if it was kept.
   */
  interrupt(least: number): string | undefined {
    const name = this.bytes < least ? undefined : this.#putAside();
    if (name === undefined) this.discard();
    return name;
  }

  discard(): void {
    this.#gathered.clear();
    if (!this.#part) return;
    this.#part.close();
    removePart(this.#part.path);
  }

  get #isResumable(): boolean {
    return this.#part !== undefined && this.#version !== undefined && this.#digests !== undefined;
  }

  #putAside(): string | undefined {
    if (this.#version === undefined) return undefined;
    try {
      if (this.#gathered.bytes > 0) this.#spill();
      this.#note();
      this.#part?.close();
      return this.#part && putAside(this.#of, this.#part.path, this.#of.url);
    } catch {
      // A part that cannot be written cannot be continued. The error that interrupted the download is the one to
      // report.
      return undefined;
    }
  }

  #complete(accept: (digest: Digest) => void): { part: PartFile; digest: Digest } {
    if (this.#part) {
      this.#spill();
      const digest = (this.#digests ?? new Digests(this.#of.expected)).digest();
      accept(digest);
      return { part: this.#part, digest };
    }
    const pieces = this.#gathered.parts();
    const digest = digestOf(pieces, this.#of.expected);
    accept(digest);
    const part = PartFile.create(this.#of.folder, this.#of);
    this.#part = part;
    for (const piece of pieces) part.append(piece);
    this.#gathered.clear();
    return { part, digest };
  }

  #spill(): void {
    this.#of.watch?.lap('body');
    const part = this.#part ?? this.#open();
    this.#digests ??= new Digests(this.#of.expected);
    for (const piece of this.#gathered.parts()) {
      this.#digests.update(piece);
      part.append(piece);
    }
    this.#gathered.clear();
    const { ms, bytes } = this.#noted;
    const isDue = performance.now() - ms >= noteEveryMs || part.bytes - bytes >= noteEveryBytes;
    if (isDue) this.#note();
    this.#of.watch?.lap('write');
  }

  #open(): PartFile {
    const { folder, url, durable } = this.#of;
    const key = this.#version === undefined ? undefined : partKeyOf(url);
    this.#part = PartFile.create(folder, { key, durable });
    this.#part.keepFresh();
    return this.#part;
  }

  #note(): void {
    if (!this.#part || !this.#version || !this.#digests) return;
    this.#noted = { ms: performance.now(), bytes: this.#part.bytes };
    writeNote(
      this.#of,
      this.#part.path,
      this.#of.url,
      this.#version,
      this.#part.bytes,
      this.#digests.soFar(),
    );
  }

  /** Reports errors of the disk with the folder that the person knows, not with the temporary name. */
  #inFile<Value>(work: () => Value): Value {
    try {
      return work();
    } catch (error) {
      if (error instanceof PartLost) {
        throw new AttemptError(error.code, error.message, { cause: error, retryable: true });
      }
      throw isSystemError(error) ? systemItemError(error, this.#of.folder, 'write') : error;
    }
  }
}
