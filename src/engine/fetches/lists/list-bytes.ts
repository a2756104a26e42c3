import { closeSync, openSync, readSync } from 'node:fs';
import { Readable } from 'node:stream';
import { ListError } from './list-error.ts';

export type Chunks = AsyncGenerator<Buffer, void>;

/** How much of a list is looked at to tell what it is, in bytes. */
const headSize = 4_096;

/**
 * The text of a list or report as UTF-8, unpacked where it is gzipped, and how it begins.
 * @throws ListError for what is no text.
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
    throw new ListError('it is no text');
  }
  return { head: head.toString('utf8'), chunks };
}

/** By its byte order mark. What PowerShell writes with `>` is UTF-16. */
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

/** No text in UTF-8 has a byte 0; pictures, archives and programs have it soon. */
function looksBinary(head: Buffer): boolean {
  return head.includes(0);
}

/** Whether a file holds what cannot be a list, as far as that can be told without unpacking it. */
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

/** What unpacks is loaded where something is packed. */
async function* unzipped(chunks: Chunks): Chunks {
  const { createGunzip } = await import('node:zlib');
  const gunzip = createGunzip();
  const packed = Readable.from(chunks, { objectMode: false });
  packed.on('error', (error) => gunzip.destroy(error));
  yield* chunksOf(packed.pipe(gunzip));
}

/**
 * All that a stream has, and then its failure: a stream's own iterator lets go of what was read already when the
 * stream fails.
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

/** Reads how something begins, and gives all of it back. What fails is told once what came before is taken. */
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
