/**
 * Every way an item can fail, as a code that scripts can match and a person can look up.
 * Messages may change between versions; codes do not.
 */
export const errorCodes = [
  // any task
  'TASK_THREW',
  'WORKER_DIED',
  'OUT_OF_MEMORY',
  'TOO_MANY_OPEN_FILES',
  'UNEXPECTED',
  'TASK_NOT_FOUND',
  'BAD_INPUT',
  // files
  'NOT_FOUND',
  'NOT_READABLE',
  'NOT_WRITABLE',
  'NOT_A_FILE',
  'SYMLINK_LOOP',
  'DISK_FULL',
  'NAME_TOO_LONG',
  'IO_ERROR',
  // images
  'EMPTY_FILE',
  'NOT_AN_IMAGE',
  'UNSUPPORTED_IMAGE',
  'TRUNCATED_IMAGE',
  'CORRUPT_IMAGE',
  'TOO_MANY_PIXELS',
  'IMAGE_TIMEOUT',
  'OUTPUT_IS_INPUT',
  'OUTPUT_EXISTS',
  // URLs and lists
  'BAD_URL',
  'UNSUPPORTED_SCHEME',
  // lists
  'BAD_LIST_LINE',
  // names and connections
  'DNS_NOT_FOUND',
  'DNS_FAILED',
  'BLOCKED_ADDRESS',
  'CONNECT_REFUSED',
  'CONNECT_TIMEOUT',
  'CONNECT_FAILED',
  'CONNECTION_LOST',
  'PROXY_FAILED',
  'TLS_EXPIRED',
  'TLS_UNTRUSTED',
  'TLS_WRONG_NAME',
  'TLS_ERROR',
  // answers
  'HEADERS_TIMEOUT',
  'BAD_RESPONSE',
  'HTTP_401',
  'HTTP_403',
  'HTTP_404',
  'HTTP_410',
  'HTTP_429_AFTER_RETRIES',
  'HTTP_5XX_AFTER_RETRIES',
  'HTTP_STATUS',
  'REDIRECT_LOOP',
  'TOO_MANY_REDIRECTS',
  'BAD_REDIRECT',
  // bodies
  'BODY_TIMEOUT',
  'TOO_SLOW',
  'TOO_LARGE',
  'TRUNCATED',
  'BAD_ENCODING',
  'CHECKSUM_MISMATCH',
  'FETCH_FAILED',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** A failure as data: it crosses threads, IPC and NDJSON unchanged. */
export interface Failure {
  readonly code: ErrorCode;
  /** A sentence a person can act on, naming the subject. */
  readonly message: string;
  /** How many times it was tried, where that was more than once. */
  readonly tries?: number;
}

/** A failure inside the engine, thrown where the caller turns it into a failed result. */
export class ItemError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'ItemError';
    this.code = code;
  }

  toFailure(): Failure {
    return { code: this.code, message: this.message };
  }
}

/** Turns whatever was thrown into a failure; `fallback` is the code of what carries none of ours. */
export function failureOf(error: unknown, fallback: ErrorCode): Failure {
  if (error instanceof ItemError) return error.toFailure();
  const message = error instanceof Error ? error.message : String(error);
  return { code: fallback, message: message === '' ? 'It failed without a message.' : message };
}

/** What was asked for cannot even start: wrong usage, or no place to put results. Nothing has been done. */
export class UsageError extends Error {
  /** One for each thing that is wrong. Apart, because what they quote may have line breaks. */
  readonly sentences: readonly string[];

  constructor(message: string | readonly string[], options?: { cause?: unknown }) {
    const sentences = typeof message === 'string' ? [message] : message;
    super(sentences.join('\n'), options);
    this.name = 'UsageError';
    this.sentences = sentences;
  }
}
