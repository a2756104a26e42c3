import { once } from 'node:events';
import { PassThrough, type Readable, type Transform } from 'node:stream';

export type ListFormat = 'text' | 'csv' | 'tsv' | 'json-lines';

export interface OpenList {
  readonly format: ListFormat;
  readonly stream: Readable;
}

/** How much of a list is looked at to tell its format, in bytes. */
const headSize = 4_096;

/** Unpacks a list where it is gzipped, and tells its format by its name, else by how it begins. */
export async function openList(source: Readable, name: string): Promise<OpenList> {
  const { head, stream } = await peek(source, 2);
  const gzipped = head[0] === 0x1f && head[1] === 0x8b;
  const plain = gzipped ? await unzipped(stream) : stream;
  const bare = name.toLowerCase().replace(/\.gz$/, '');
  const named = formatByName(bare);
  if (named) return { format: named, stream: plain };
  const looked = await peek(plain, headSize);
  return { format: formatByHead(looked.head.toString('utf8')), stream: looked.stream };
}

async function unzipped(stream: Readable): Promise<Transform> {
  const { createGunzip } = await import('node:zlib');
  const gunzip = createGunzip();
  stream.on('error', (error) => gunzip.destroy(error));
  return stream.pipe(gunzip);
}

function formatByName(name: string): ListFormat | undefined {
  if (name.endsWith('.csv')) return 'csv';
  if (name.endsWith('.tsv') || name.endsWith('.tab')) return 'tsv';
  if (/\.(jsonl|ndjson|jsonlines)$/.test(name)) return 'json-lines';
  return undefined;
}

/** A comma may be part of a URL, so it takes a header to make a list CSV; a tab may not. */
export function formatByHead(head: string): ListFormat {
  const lines = head.replace(/^\ufeff/, '').split(/\r?\n/);
  const first = lines.find((line) => line.trim() !== '' && !line.startsWith('#')) ?? '';
  if (first.startsWith('{')) return 'json-lines';
  if (first.includes('\t')) return 'tsv';
  const cells = first.split(',').map((cell) => cell.trim().replaceAll('"', '').toLowerCase());
  return cells.length > 1 && cells.includes('url') ? 'csv' : 'text';
}

/** Reads the beginning of a stream and gives back a stream that still has it. */
async function peek(source: Readable, size: number): Promise<{ head: Buffer; stream: Readable }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  while (bytes < size) {
    const chunk = source.read() as Buffer | null;
    if (chunk) {
      chunks.push(chunk);
      bytes += chunk.length;
    } else {
      if (source.readableEnded || source.destroyed) break;
      await Promise.race([once(source, 'readable'), once(source, 'end')]);
    }
  }
  const head = Buffer.concat(chunks);
  if (source.readableEnded) {
    const whole = new PassThrough();
    whole.end(head);
    return { head, stream: whole };
  }
  source.unshift(head);
  return { head, stream: source };
}
