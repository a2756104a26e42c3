const chunkBytes = 1 << 20;

/**
 * Many short texts without an object each: a million strings are a million objects for the garbage collector to visit;
 * here they are a few buffers. Texts can only be added.
 */
export class StringColumn {
  readonly #chunks: Buffer[] = [];
  /** Where each text starts, as an offset through all chunks; a text never crosses from one chunk into the next. */
  #starts = new Float64Array(1024);
  #lengths = new Uint32Array(1024);
  #count = 0;
  #end = 0;

  /** Returns the text's number, counted from 0. */
  add(text: string): number {
    const bytes = Buffer.byteLength(text);
    let chunk = this.#chunks.at(-1);
    let start = this.#end;
    if (
      chunk === undefined ||
      (start % chunkBytes) + bytes > chunkBytes ||
      start === this.#chunks.length * chunkBytes
    ) {
      // A longer text gets several chunks' worth of space at once; offsets keep counting in whole chunks.
      const needed = Math.max(1, Math.ceil(bytes / chunkBytes));
      start = this.#chunks.length * chunkBytes;
      chunk = Buffer.allocUnsafeSlow(needed * chunkBytes);
      for (let part = 0; part < needed; part += 1) this.#chunks.push(chunk.subarray(part * chunkBytes));
      chunk.write(text, 0);
    } else {
      chunk.write(text, start % chunkBytes);
    }
    this.#end = start + bytes;
    if (this.#count === this.#starts.length) this.#grow();
    this.#starts[this.#count] = start;
    this.#lengths[this.#count] = bytes;
    this.#count += 1;
    return this.#count - 1;
  }

  at(number: number): string {
    const start = this.#starts[number] ?? 0;
    const chunk = this.#chunks[Math.floor(start / chunkBytes)];
    const offset = start % chunkBytes;
    return chunk?.toString('utf8', offset, offset + (this.#lengths[number] ?? 0)) ?? '';
  }

  #grow(): void {
    const starts = new Float64Array(this.#starts.length * 2);
    starts.set(this.#starts);
    this.#starts = starts;
    const lengths = new Uint32Array(this.#lengths.length * 2);
    lengths.set(this.#lengths);
    this.#lengths = lengths;
  }
}
