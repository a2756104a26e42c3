import type { Transform } from 'node:stream';
import { AttemptError } from '../../protocol/fetch-errors.ts';
import type { Coding } from './content-codings.ts';

/** Loaded when first needed: hardly any file is encoded, as we do not ask for that. */
const zlib = () => process.getBuiltinModule('node:zlib');
/** By the first two bytes of what they decode. */
const decoders: Readonly<Record<Coding, (first: Buffer) => Transform>> = {
  gzip: () => zlib().createGunzip(),
  // Servers disagree about whether it has a header (RFC 9110, 8.4.1.2).
  deflate: (first) => (hasZlibHeader(first) ? zlib().createInflate() : zlib().createInflateRaw()),
  br: () => zlib().createBrotliDecompress(),
  // No larger window than RFC 9659 allows servers: otherwise each stream could ask for 128 MiB.
  zstd: () => zlib().createZstdDecompress({ params: { [zlib().constants.ZSTD_d_windowLogMax]: 23 } }),
};

/** How often to check whether a decoder has caught up, in milliseconds. */
const catchUp = 2;
/** The most codings of one body; curl allows as many. */
const maxCodings = 5;

/** Undoes codings that were not asked for, so that the file is what it would be without them. */
export class Decoding {
  readonly #write: (chunk: Buffer) => void;
  readonly #url: string;
  /** The codings in the order in which they are undone. */
  readonly #codings: readonly Coding[];
  readonly #stages: Transform[] = [];
  readonly #ended = Promise.withResolvers<void>();
  /** The first bytes, until there are enough to tell what decodes them. */
  #first: Buffer | undefined = Buffer.alloc(0);
  #failure: unknown;

  /** @param codings in the order in which they were applied. @throws AttemptError `BAD_ENCODING` for too many. */
  constructor(codings: readonly Coding[], url: string, write: (chunk: Buffer) => void) {
    if (codings.length > maxCodings)
      throw new AttemptError('BAD_ENCODING', `${url} is encoded ${codings.length} times.`);
    this.#codings = codings.toReversed();
    this.#url = url;
    this.#write = write;
  }

  /** @returns how long to pause sending, in milliseconds. */
  write(chunk: Buffer): number {
    if (this.#failure !== undefined) throw this.#failure;
    // Copied, because the chunk's memory is reused before the decoder's thread has read it.
    const first = this.#first && Buffer.concat([this.#first, chunk]);
    if (first && first.length < 2) {
      this.#first = first;
      return 0;
    }
    if (first) this.#begin(first);
    else this.#stages[0]?.write(Buffer.from(chunk));
    return this.#stages[0]?.writableNeedDrain ? catchUp : 0;
  }

  async end(): Promise<void> {
    // Of nothing, nothing was made.
    if (this.#first?.length === 0) return;
    if (this.#first) this.#begin(this.#first);
    this.#stages[0]?.end();
    await this.#ended.promise;
    if (this.#failure !== undefined) throw this.#failure;
  }

  destroy(): void {
    for (const stage of this.#stages) stage.destroy();
  }

  #begin(first: Buffer): void {
    this.#first = undefined;
    this.#add(first, 0)?.write(first);
  }

  /** Adds the decoder of one coding, and of the next when its first bytes have come. */
  #add(first: Buffer, place: number): Transform | undefined {
    const coding = this.#codings[place];
    if (!coding) return undefined;
    const stage = decoders[coding](first);
    this.#stages.push(stage);
    stage.on('error', (error) => this.#fail(error, coding));
    if (place + 1 < this.#codings.length) this.#leadOn(stage, place + 1);
    else {
      stage.on('data', (chunk: Buffer) => {
        try {
          this.#write(chunk);
        } catch (error) {
          stage.destroy(error instanceof Error ? error : new Error(String(error)));
        }
      });
      stage.on('end', () => this.#ended.resolve());
    }
    return stage;
  }

  #leadOn(stage: Transform, place: number): void {
    let first = Buffer.alloc(0);
    const begin = (): void => {
      stage.off('readable', onReadable);
      const next = this.#add(first, place);
      next?.write(first);
      if (next) stage.pipe(next);
    };
    const onReadable = (): void => {
      const chunk: Buffer | null = stage.read();
      if (chunk) first = Buffer.concat([first, chunk]);
      if (first.length >= 2) begin();
    };
    stage.on('readable', onReadable);
    stage.once('end', () => {
      if (first.length >= 2) return;
      // What was packed was nothing, or too little to be anything.
      if (first.length === 0) this.#ended.resolve();
      else this.#add(first, place)?.end(first);
    });
  }

  #fail(error: Error, coding: Coding): void {
    this.#failure ??=
      error instanceof AttemptError
        ? error
        : new AttemptError(
            'BAD_ENCODING',
            `${this.#url} could not be decoded (${coding}): ${error.message}.`,
            {
              cause: error,
            },
          );
    this.destroy();
    this.#ended.resolve();
  }
}

/** RFC 1950, 2.2: the method is 8, and both bytes together are a multiple of 31. */
function hasZlibHeader(bytes: Buffer): boolean {
  const [method = 0, flags = 0] = bytes;
  return (method & 0x0f) === 8 && method >> 4 <= 7 && ((method << 8) | flags) % 31 === 0;
}
