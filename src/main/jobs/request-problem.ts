/** A request that cannot be done, with the reason: the page decides by `code` and shows the message. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem';
  readonly code: string;

  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
