import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/** All spools together hold so many bytes before they are written. */
const mostHeldBytes = 16 * 1024 * 1024;
const largestBuffer = 1024 * 1024;
const chunkBytes = 1024 * 1024;

/** Writes lines to several files, through buffers of a bounded size. Files are open only while they are written to. */
export class Spool {
  readonly #fileOf: (part: number) => string;
  readonly #buffers: (Buffer | undefined)[];
  readonly #used: number[];
  readonly #bufferBytes: number;
  /** Whether the last line led to a write. */
  hasJustWritten = false;

  constructor(fileOf: (part: number) => string, parts: number) {
    this.#fileOf = fileOf;
    this.#buffers = new Array<Buffer | undefined>(parts).fill(undefined);
    this.#used = new Array<number>(parts).fill(0);
    this.#bufferBytes = Math.min(largestBuffer, Math.max(4_096, Math.floor(mostHeldBytes / parts)));
  }

  add(part: number, line: Buffer): void {
    let used = this.#used[part] ?? 0;
    this.hasJustWritten = used + line.length > this.#bufferBytes;
    if (this.hasJustWritten) {
      this.#write(part);
      used = 0;
    }
    if (line.length > this.#bufferBytes) {
      append(this.#fileOf(part), line);
      return;
    }
    this.#buffers[part] ??= Buffer.allocUnsafeSlow(this.#bufferBytes);
    line.copy(this.#buffers[part], used);
    this.#used[part] = used + line.length;
  }

  /** Writes what is left. A file that got no line is made too. */
  end(): void {
    for (const part of this.#used.keys()) this.#write(part);
  }

  #write(part: number): void {
    append(this.#fileOf(part), this.#buffers[part]?.subarray(0, this.#used[part]) ?? Buffer.alloc(0));
    this.#used[part] = 0;
  }
}

function append(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'a');
  try {
    for (let from = 0; from < bytes.length; ) from += writeSync(file, bytes, from);
  } finally {
    closeSync(file);
  }
}

/** The lines of a file with their ends. Each is valid until the next one is asked for. */
export function* linesOfFile(path: string): Generator<Buffer, void> {
  const file = openSync(path, 'r');
  try {
    let rest: Buffer = Buffer.alloc(0);
    const chunk = Buffer.allocUnsafeSlow(chunkBytes);
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
      const held =
        rest.length === 0 ? chunk.subarray(0, read) : Buffer.concat([rest, chunk.subarray(0, read)]);
      let from = 0;
      for (let end = held.indexOf(10); end !== -1; end = held.indexOf(10, from)) {
        yield held.subarray(from, end + 1);
        from = end + 1;
      }
      rest = Buffer.from(held.subarray(from));
    }
    if (rest.length > 0) yield rest;
  } finally {
    closeSync(file);
  }
}
