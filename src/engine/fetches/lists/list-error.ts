/** A list cannot be read any further. Entries read before still count. */
export class ListError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'ListError';
  }
}
