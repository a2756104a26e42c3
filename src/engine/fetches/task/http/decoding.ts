import type { Transform } from 'node:stream';
import { AttemptError } from '../../protocol/fetch-errors.ts';

/** Loaded when first needed: hardly any file is encoded, as we do not ask for that. */
const zlib = () => process.getBuiltinModule('node:zlib');
const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: () => zlib().createGunzip(),
  'x-gzip': () => zlib().createGunzip(),
  deflate: () => zlib().createInflate(),
  br: () => zlib().createBrotliDecompress(),
  // No larger window than RFC 9659 allows servers: otherwise each stream could ask for 128 MiB.
  zstd: () => zlib().createZstdDecompress({ params: { [zlib().constants.ZSTD_d_windowLogMax]: 23 } }),
};

/** How often to check whether a decoder has caught up, in milliseconds. */
const catchUp = 2;

/**
 * Undoes a `Content-Encoding` that was not asked for, so that the file is what it would be without one.
 */
export class Decoding {
  readonly #decoder: Transform;
  readonly #ended: Promise<void>;
  #failure: unknown;

  /** @throws AttemptError `BAD_ENCODING` for an unknown encoding. */
  constructor(encoding: string, url: string, write: (chunk: Buffer) => void) {
    const make = decoders[encoding.trim().toLowerCase()];
    if (!make)
      throw new AttemptError('BAD_ENCODING', `${url} is encoded as "${encoding}", which is unknown.`);
    this.#decoder = make();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#ended = promise;
    this.#decoder.on('data', (chunk: Buffer) => {
      try {
        write(chunk);
      } catch (error) {
        this.#decoder.destroy(error instanceof Error ? error : new Error(String(error)));
      }
    });
    this.#decoder.on('end', resolve);
    this.#decoder.on('error', (error) => {
      this.#failure =
        error instanceof AttemptError
          ? error
          : new AttemptError('BAD_ENCODING', `${url} could not be decoded (${encoding}): ${error.message}.`, {
              cause: error,
            });
      resolve();
    });
  }

  /** @returns how long to pause sending, in milliseconds. */
  write(chunk: Buffer): number {
    if (this.#failure !== undefined) throw this.#failure;
    // Copied, because the chunk's memory is reused before the decoder's thread has read it.
    this.#decoder.write(Buffer.from(chunk));
    return this.#decoder.writableNeedDrain ? catchUp : 0;
  }

  async end(): Promise<void> {
    this.#decoder.end();
    await this.#ended;
    if (this.#failure !== undefined) throw this.#failure;
  }

  destroy(): void {
    this.#decoder.destroy();
  }
}

/** The encoding that an answer names, unless it is none. */
export function encodingOf(header: string | undefined): string | undefined {
  return header === undefined || header === '' || header.toLowerCase() === 'identity' ? undefined : header;
}
