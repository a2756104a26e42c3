/** What was asked for cannot be done, and why: `code` is for the page to decide by, the message to be shown. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem';
  readonly code: string;

  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
