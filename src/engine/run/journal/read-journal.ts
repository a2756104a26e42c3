import { closeSync, openSync, readSync } from 'node:fs';
import { isHead } from './journal-head.ts';
import type { JournalHead, JournalLine } from './journal-line.ts';

const chunkBytes = 256 * 1024;
/** A longer line is passed over: none that Shoal writes is as long. */
const longestLine = 64 * 1024 * 1024;
const lineFeed = 0x0a;

/**
 * The lines of a journal, read a piece at a time. The last line counts only when it is whole: a kill may have torn it.
 * What is no line of JSON, or has no type, is passed over.
 */
export function* journalLines(path: string): Generator<JournalLine, void> {
  for (const bytes of linesOf(chunksOf(path))) {
    const line = lineOf(bytes);
    if (line) yield line;
  }
}

/** The first line of a journal. Undefined if it is none, or no whole and sound one. */
export function headOf(path: string): JournalHead | undefined {
  for (const bytes of linesOf(chunksOf(path))) {
    const line = lineOf(bytes);
    return isHead(line) ? line : undefined;
  }
  return undefined;
}

/** The whole lines of a file's last bytes. */
export function linesOfTail(path: string, from: number): JournalLine[] {
  const lines = [...linesOf(chunksOf(path, from))];
  // The first is whole only at the beginning of the file.
  if (from > 0) lines.shift();
  return lines.flatMap((bytes) => lineOf(bytes) ?? []);
}

/** Whole lines, without their ends. */
export function* linesOf(chunks: Iterable<Buffer>): Generator<Buffer, void> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  for (const chunk of chunks) {
    let start = 0;
    for (let at = chunk.indexOf(lineFeed); at !== -1; at = chunk.indexOf(lineFeed, start)) {
      const piece = chunk.subarray(start, at);
      if (restBytes + piece.length <= longestLine)
        yield rest.length > 0 ? Buffer.concat([...rest, piece]) : piece;
      rest = [];
      restBytes = 0;
      start = at + 1;
    }
    restBytes += chunk.length - start;
    if (restBytes <= longestLine) rest.push(chunk.subarray(start));
    else rest = [];
  }
}

function lineOf(bytes: Buffer): JournalLine | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    if (typeof value === 'object' && value !== null && 'type' in value) return value as JournalLine;
  } catch {
    // Not ours, or damaged by the disk: the other lines still tell of their items.
  }
  return undefined;
}

function* chunksOf(path: string, from = 0): Generator<Buffer, void> {
  const file = openSync(path, 'r');
  try {
    for (let at = from; ; ) {
      // New for each piece: lines are parts of it.
      const chunk = Buffer.allocUnsafe(chunkBytes);
      const read = readSync(file, chunk, 0, chunkBytes, at);
      if (read === 0) return;
      at += read;
      yield chunk.subarray(0, read);
    }
  } finally {
    closeSync(file);
  }
}
