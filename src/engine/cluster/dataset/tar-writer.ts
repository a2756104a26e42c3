import type { createTarPacker as CreateTarPacker } from 'modern-tar';
import type { PartFile } from '../../files/parts/part-file.ts';
import type { SourceFile } from './source-file.ts';

/** How much is written at a time, in bytes. */
const pieceBytes = 1024 * 1024;

/** All entries have the same one, so that the same files are the same tar. */
const mtime = new Date(0);

/** Writes a tar into a file, one entry after the other. */
export class TarWriter {
  readonly #packer: ReturnType<typeof CreateTarPacker>;
  readonly #written: Promise<void>;

  private constructor(packer: ReturnType<typeof CreateTarPacker>, file: PartFile) {
    this.#packer = packer;
    this.#written = appendAll(packer.readable, file);
    // Whoever waits for an entry is told first.
    this.#written.catch(() => {});
  }

  static async into(file: PartFile): Promise<TarWriter> {
    const { createTarPacker } = await import('modern-tar');
    return new TarWriter(createTarPacker(), file);
  }

  async text(name: string, text: string): Promise<void> {
    const bytes = Buffer.from(text);
    const entry = this.#entry(name, bytes.length);
    await this.#unlessItFails(entry.write(bytes));
    await this.#unlessItFails(entry.close());
  }

  /** @returns the number of its bytes. */
  async file(name: string, source: SourceFile): Promise<number> {
    const { length } = source.bytes;
    const entry = this.#entry(name, length);
    for (const piece of source.pieces()) await this.#unlessItFails(entry.write(piece));
    await this.#unlessItFails(entry.close());
    return length;
  }

  async end(): Promise<void> {
    this.#packer.controller.finalize();
    await this.#written;
  }

  #entry(name: string, size: number): WritableStreamDefaultWriter<Uint8Array> {
    return this.#packer.controller.add({ name, size, mtime, mode: 0o644, type: 'file' }).getWriter();
  }

  /** Nobody takes what the packer has once the file cannot be written. */
  async #unlessItFails(step: Promise<void>): Promise<void> {
    await Promise.race([step, this.#written]);
  }
}

/** An entry is at least three small pieces: to write each by itself would take longer than to make it. */
async function appendAll(bytes: ReadableStream<Uint8Array>, file: PartFile): Promise<void> {
  let pieces: Uint8Array[] = [];
  let size = 0;
  const write = () => {
    file.append(Buffer.concat(pieces));
    pieces = [];
    size = 0;
  };
  for await (const piece of bytes) {
    pieces.push(piece);
    size += piece.length;
    if (size >= pieceBytes) write();
  }
  write();
}
