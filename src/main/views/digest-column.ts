/** A SHA-256, in bytes. */
const digestBytes = 32;

/**
 * Digests by item number, as bytes: in hexadecimal, a million of them would need more memory than the rest of a run.
 */
export class DigestColumn {
  #bytes: Buffer = Buffer.alloc(0);

  set(index: number, hexadecimal: string): void {
    const end = (index + 1) * digestBytes;
    if (end > this.#bytes.length) {
      const grown = Buffer.alloc(Math.max(end, this.#bytes.length * 2, 1024 * digestBytes));
      this.#bytes.copy(grown);
      this.#bytes = grown;
    }
    this.#bytes.write(hexadecimal, index * digestBytes, 'hex');
  }

  /** Undefined if none was set, which is stored as zeros: no file has that digest. */
  at(index: number): string | undefined {
    const bytes = this.#bytes.subarray(index * digestBytes, (index + 1) * digestBytes);
    return bytes.some((byte) => byte !== 0) ? bytes.toString('hex') : undefined;
  }
}
