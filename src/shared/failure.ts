import type { ErrorCode } from './error-codes/error-codes.ts';

export type { ErrorCode };

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
  /** The key of the setting that would mend it: a front end knows what it calls that. */
  readonly setting: string | undefined;

  constructor(message: string | readonly string[], options: { cause?: unknown; setting?: string } = {}) {
    const sentences = typeof message === 'string' ? [message] : message;
    super(sentences.join('\n'), 'cause' in options ? { cause: options.cause } : {});
    this.name = 'UsageError';
    this.sentences = sentences;
    this.setting = options.setting;
  }
}
