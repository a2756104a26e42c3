import type { ErrorCode } from './error-codes/error-codes.ts';

export type { ErrorCode };

/** A failure as data: the same in threads, IPC and NDJSON. */
export interface Failure {
  /** What went wrong, for programs: it does not change between versions. */
  readonly code: ErrorCode;
  /** A sentence that a person can act on; it names the item or file it is about. */
  readonly message: string;
  /** The number of attempts, if there was more than one. */
  readonly tries?: number;
  /** Of what a person's own task threw: its class, as `RangeError`. */
  readonly name?: string;
  /** Of what a person's own task threw: where. The lines of the engine are left out. */
  readonly stack?: string;
  /** Of what a person's own task threw: its own `code`, as the system's `ENOENT`. */
  readonly errorCode?: string | number;
  /** Of what a person's own task threw: its further properties, as `path` or `status`; only plain ones. */
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
  /** Of what a person's own task threw: its cause, and that one's in turn. */
  readonly cause?: Omit<Failure, 'code' | 'tries'>;
}

/** A failure inside the engine, thrown to a caller that turns it into a failed result. */
export class ItemError extends Error {
  /** As `code` of a failed result. */
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'ItemError';
    this.code = code;
  }

  /** The same as data. */
  toFailure(): Failure {
    return { code: this.code, message: this.message };
  }
}

/** Turns any thrown value into a failure; `fallback` is the code for errors that have none of ours. */
export function failureOf(error: unknown, fallback: ErrorCode): Failure {
  if (error instanceof ItemError) return error.toFailure();
  const message = error instanceof Error ? error.message : String(error);
  return { code: fallback, message: message === '' ? 'It failed without a message.' : message };
}

/** The request cannot even start: wrong usage, or no place for results. Nothing has been done. */
export class UsageError extends Error {
  /** One sentence for each thing that is wrong. Separate, because what they quote may have line breaks. */
  readonly sentences: readonly string[];
  /** The key of the setting that would fix it: a front end knows its own name for it. */
  readonly setting: string | undefined;

  constructor(message: string | readonly string[], options: { cause?: unknown; setting?: string } = {}) {
    const sentences = typeof message === 'string' ? [message] : message;
    super(sentences.join('\n'), 'cause' in options ? { cause: options.cause } : {});
    this.name = 'UsageError';
    this.sentences = sentences;
    this.setting = options.setting;
  }
}
