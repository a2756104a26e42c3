/** Why a list cannot be read any further. What was read of it before still counts. */
export class ListError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'ListError';
  }
}
