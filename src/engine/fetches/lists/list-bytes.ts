import { closeSync, openSync, readSync } from 'node:fs';
import { Readable } from 'node:stream';
import { ListError } from './list-error.ts';

export type Chunks = AsyncGenerator<Buffer, void>;

/** How many bytes of a list are examined to detect its format. */
const headSize = 4_096;

/**
 * The text of a list or report as UTF-8, decompressed if it is gzipped, and its beginning.
 * @throws ListError if it is not text.
 */
export async function openText(source: Readable): Promise<{ head: string; chunks: Chunks }> {
  const packed = await peek(chunksOf(source), 2);
  const opened = await peek(isGzip(packed.head) ? unzipped(packed.chunks) : packed.chunks, headSize);
  const encoding = encodingOf(opened.head);
  if (encoding !== 'utf-8') {
    const { head, chunks } = await peek(inUtf8(opened.chunks, encoding), headSize);
    return { head: head.toString('utf8'), chunks };
  }
  const { head, chunks } = opened;
  if (looksBinary(head)) {
    await chunks.return();
    const isTable = head.toString('latin1', 0, 4) === 'PAR1';
    throw new ListError(
      isTable ? 'Parquet is read from a file of its own, which is not packed' : 'it is no text',
    );
  }
  return { head: head.toString('utf8'), chunks };
}

/** Detects the encoding by the byte order mark. PowerShell writes UTF-16 with `>`. */
function encodingOf(head: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

async function* inUtf8(chunks: Chunks, encoding: string): Chunks {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

function isGzip(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** Whether there is a zero byte: text in UTF-8 has none; pictures, archives and programs have one early on. */
function looksBinary(head: Buffer): boolean {
  return head.includes(0);
}

/** Whether a file cannot be a list because it is binary, as far as this can be told without decompressing it. */
export function isBinaryFile(path: string): boolean {
  const head = Buffer.alloc(headSize);
  const file = openSync(path, 'r');
  try {
    const read = head.subarray(0, readSync(file, head));
    return !isGzip(read) && encodingOf(read) === 'utf-8' && looksBinary(read);
  } finally {
    closeSync(file);
  }
}

/** Decompresses. zlib is loaded only here, where it is needed. */
async function* unzipped(chunks: Chunks): Chunks {
  const { createGunzip } = await import('node:zlib');
  const gunzip = createGunzip();
  const packed = Readable.from(chunks, { objectMode: false });
  packed.on('error', (error) => gunzip.destroy(error));
  yield* chunksOf(packed.pipe(gunzip));
}

/**
 * All chunks of a stream, and then its failure. The stream's own iterator would drop chunks that were read before the
 * failure.
 */
async function* chunksOf(stream: Readable): Chunks {
  let wake = (): void => {};
  const changed = (): void => wake();
  for (const event of ['readable', 'end', 'error', 'close']) stream.on(event, changed);
  try {
    for (;;) {
      const chunk = stream.read() as Buffer | null;
      if (chunk !== null) yield chunk;
      else if (stream.errored) throw listErrorOf(stream.errored);
      else if (stream.readableEnded || stream.destroyed) return;
      else {
        const { promise, resolve } = Promise.withResolvers<void>();
        wake = resolve;
        await promise;
      }
    }
  } finally {
    stream.destroy();
  }
}

function listErrorOf(cause: Error): ListError {
  return cause instanceof ListError ? cause : new ListError(cause.message, { cause });
}

/**
 * Reads the beginning of a stream and returns it along with all chunks. A failure is thrown after the chunks before it.
 */
async function peek(chunks: Chunks, size: number): Promise<{ head: Buffer; chunks: Chunks }> {
  const taken: Buffer[] = [];
  let bytes = 0;
  let failure: { readonly error: unknown } | undefined;
  try {
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
      taken.push(next.value);
      bytes += next.value.length;
      if (bytes >= size) break;
    }
  } catch (error) {
    failure = { error };
  }
  const head = Buffer.concat(taken);
  return { head, chunks: whole() };

  async function* whole(): Chunks {
    try {
      if (head.length > 0) yield head;
      if (failure) throw failure.error;
      yield* chunks;
    } finally {
      await chunks.return();
    }
  }
}
