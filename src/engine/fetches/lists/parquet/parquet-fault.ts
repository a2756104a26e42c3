/** A Parquet file cannot be read: it is damaged, or asks for more memory than a list may. The message has no full stop. */
export class ParquetFault extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'ParquetFault';
  }
}
