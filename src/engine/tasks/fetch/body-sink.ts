import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { partPathIn } from '../../files/part-file.ts';
import { isSystemError, systemItemError } from '../../files/system-error.ts';
import { Gathering } from './blocks.ts';
import { type Digest, Digests, digestOf, type Expected } from './digests.ts';
import { type Place, placeFile } from './place-file.ts';
import { isTaken, type Part, removeNote, removePart, type Version, writeNote } from './resumable-part.ts';

/** Up to here a body is held in memory and written at once when it is whole, in bytes. */
const gatherUpTo = 256 * 1024;
/** A beginning shorter than this is not worth a part file. */
export const worthKeeping = 64 * 1024;

/** Where the beginning of a URL's file waits for its rest. */
export type PartPath = () => string;

/**
 * Where a body goes. A small one is gathered and written in one call; a large one goes to a part file beside
 * its final name, in large pieces. Writes are synchronous: they end in the page cache sooner than a thread of
 * libuv's pool could be asked, and a disk that cannot keep up slows the sockets down by itself.
 */
export class BodySink {
  /** Bytes of the file so far, with those of an earlier attempt. */
  bytes: number;
  readonly #folder: string;
  readonly #expected: Expected;
  readonly #partPath: PartPath;
  readonly #gathered = new Gathering();
  #version: Version | undefined;
  #file: number | undefined;
  #path: string | undefined;
  #resumable = false;
  #digests: Digests | undefined;

  private constructor(folder: string, partPath: PartPath, expected: Expected, bytes: number) {
    this.#folder = folder;
    this.#partPath = partPath;
    this.#expected = expected;
    this.bytes = bytes;
  }

  /** A sink for a whole body. @param version set where an interruption could be continued later. */
  static fresh(
    folder: string,
    partPath: PartPath,
    expected: Expected,
    version: Version | undefined,
  ): BodySink {
    const sink = new BodySink(folder, partPath, expected, 0);
    sink.#version = version;
    return sink;
  }

  /** A sink that adds to a part. @param digests those of the part's bytes. */
  static continuing(
    folder: string,
    partPath: PartPath,
    expected: Expected,
    part: Part,
    digests: Digests,
  ): BodySink {
    const sink = new BodySink(folder, partPath, expected, part.bytes);
    sink.#version = part.version;
    sink.#digests = digests;
    const path = partPath();
    sink.#path = path;
    sink.#resumable = true;
    writeNote(path, part.version);
    sink.#file = openSync(path, 'a');
    return sink;
  }

  /** The chunk is copied. */
  write(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.#gathered.bytes + chunk.length > gatherUpTo) this.#inFile(() => this.#spill());
    this.#gathered.add(chunk);
  }

  /** The whole body is there: gives it its final name. @param accept may refuse it by its digests. */
  finish(place: Place, accept: (digest: Digest) => void): { output: string; digest: Digest } {
    try {
      return this.#inFile(() => {
        const { path, digest } = this.#complete(accept);
        const output = placeFile(path, place);
        if (this.#resumable) removeNote(path);
        return { output, digest };
      });
    } catch (error) {
      this.discard();
      throw error;
    }
  }

  /** The download was interrupted: keeps what can be continued, and nothing else. @returns whether it was kept. */
  interrupt(): boolean {
    try {
      if (this.#version !== undefined && this.bytes >= worthKeeping && this.#gathered.bytes > 0)
        this.#spill();
    } catch {
      // What cannot be written cannot be continued; the error that interrupted is the one to tell.
      this.#resumable = false;
    }
    if (!this.#resumable) {
      this.discard();
      return false;
    }
    this.#gathered.clear();
    this.#close();
    return true;
  }

  discard(): void {
    this.#close();
    this.#gathered.clear();
    if (this.#path === undefined) return;
    if (this.#resumable) removePart(this.#path);
    else rmSync(this.#path, { force: true });
  }

  #complete(accept: (digest: Digest) => void): { path: string; digest: Digest } {
    if (this.#file !== undefined && this.#path !== undefined) {
      this.#spill();
      this.#close();
      const digest = (this.#digests ?? new Digests(this.#expected)).digest();
      accept(digest);
      return { path: this.#path, digest };
    }
    const parts = this.#gathered.parts();
    const digest = digestOf(parts, this.#expected);
    accept(digest);
    const path = this.#open(false);
    for (const part of parts) this.#writeAll(part);
    this.#close();
    this.#gathered.clear();
    return { path, digest };
  }

  #spill(): void {
    if (this.#file === undefined) this.#open(this.#version !== undefined && !isTaken(this.#partPath()));
    this.#digests ??= new Digests(this.#expected);
    for (const part of this.#gathered.parts()) {
      this.#digests.update(part);
      this.#writeAll(part);
    }
    this.#gathered.clear();
  }

  #open(resumable: boolean): string {
    this.#resumable = resumable;
    const path = resumable ? this.#partPath() : partPathIn(this.#folder);
    this.#path = path;
    if (resumable && this.#version) writeNote(path, this.#version);
    this.#file = openSync(path, 'w');
    return path;
  }

  /** Tells what goes wrong on disk with the folder that a person knows, not the temporary name. */
  #inFile<Value>(work: () => Value): Value {
    try {
      return work();
    } catch (error) {
      throw isSystemError(error) ? systemItemError(error, this.#folder, 'write') : error;
    }
  }

  #writeAll(bytes: Buffer): void {
    if (this.#file === undefined) return;
    // A signal or a full disk can make a write shorter than asked.
    for (let from = 0; from < bytes.length; ) {
      from += writeSync(this.#file, bytes, from, bytes.length - from);
    }
  }

  #close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}
