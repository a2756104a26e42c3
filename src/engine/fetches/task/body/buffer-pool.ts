/** The size of a block, in bytes: most files on the web fit into one. */
const blockBytes = 64 * 1024;
/** The most blocks that are kept for later bodies. */
const maxKeptBlocks = 256;

const free: Buffer[] = [];

/**
 * Gathers bytes in reusable blocks of memory: otherwise tens of thousands of files a minute would leave their bytes to
 * the garbage collector.
 */
export class PooledBuffer {
  bytes = 0;
  readonly #blocks: Buffer[] = [];
  /** The number of bytes in the last block. */
  #filled = blockBytes;

  add(chunk: Buffer): void {
    for (let from = 0; from < chunk.length; ) {
      if (this.#filled === blockBytes) {
        this.#blocks.push(free.pop() ?? Buffer.allocUnsafeSlow(blockBytes));
        this.#filled = 0;
      }
      const block = this.#blocks[this.#blocks.length - 1] as Buffer;
      const copied = chunk.copy(block, this.#filled, from);
      this.#filled += copied;
      from += copied;
    }
    this.bytes += chunk.length;
  }

  /** The gathered bytes, in order. Valid until `clear`. */
  parts(): Buffer[] {
    const last = this.#blocks.length - 1;
    return this.#blocks.map((block, place) => (place === last ? block.subarray(0, this.#filled) : block));
  }

  clear(): void {
    for (const block of this.#blocks) if (free.length < maxKeptBlocks) free.push(block);
    this.#blocks.length = 0;
    this.#filled = blockBytes;
    this.bytes = 0;
  }
}
