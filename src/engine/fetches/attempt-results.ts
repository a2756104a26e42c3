import type { ErrorCode } from '../../shared/error-codes/error-codes.ts';
import type { Failure } from '../../shared/failure.ts';
import type { ItemResult } from '../../shared/result.ts';
import type { Outcome } from '../pool/threads/protocol.ts';
import type { HostAnswer } from './hosts/host-feed.ts';
import { maxWaitMs } from './hosts/retries.ts';
import type { ListedUrl } from './lists/list-entry.ts';
import type { Attempt } from './protocol/protocol.ts';

/** The fields that every result of an item has. */
export function resultBase(
  index: number,
  entry: ListedUrl,
): Pick<ItemResult, 'index' | 'input' | 'listed' | 'columns'> {
  const { input, columns } = entry;
  const listed = listedOf(entry);
  return { index, input, ...(listed && { listed }), ...(columns && { columns }) };
}

/** What the list demands of a file. @returns undefined if nothing. */
export function listedOf({ name, sha256, md5 }: ListedUrl): ItemResult['listed'] {
  if (name === undefined && sha256 === undefined && md5 === undefined) return undefined;
  return {
    ...(name !== undefined && { name }),
    ...(sha256 !== undefined && { sha256 }),
    ...(md5 !== undefined && { md5 }),
  };
}

/** What an attempt tells about its host, for the host's limits. */
export function hostAnswer(outcome: Outcome<Attempt>): HostAnswer {
  if (outcome.status !== 'done') return { kind: 'silent' };
  const attempt = outcome.value;
  if (attempt.kind !== 'failed') return { kind: 'answered' };
  const { retry } = attempt;
  if (retry?.crowded) return { kind: 'turned-away', afterMs: cappedRetryAfter(retry.afterMs) };
  return { kind: retry ? 'silent' : 'answered' };
}

/** Limits the wait that a host asks for: nobody wants to wait for the rest of the day. */
function cappedRetryAfter(afterMs: number | undefined): number | undefined {
  return afterMs === undefined ? undefined : Math.min(afterMs, maxWaitMs);
}

/** Codes for a failure after several tries: a single attempt cannot know that it was the last of several. */
const afterRetries: Partial<Readonly<Record<ErrorCode, ErrorCode>>> = {
  HTTP_429: 'HTTP_429_AFTER_RETRIES',
  HTTP_5XX: 'HTTP_5XX_AFTER_RETRIES',
};

/**
 * The failure of an item that is not tried again.
 * @param tries the number of tries made.
 * @param afterMs the wait that the server asks for, in milliseconds.
 */
export function finalFailure(failure: Failure, tries: number, afterMs = 0): Failure {
  const code = tries > 1 ? (afterRetries[failure.code] ?? failure.code) : failure.code;
  return withWait({ ...failure, code }, afterMs);
}

/** Adds the wait to the message if it is too long for Shoal, so that the person can decide. */
function withWait(error: Failure, afterMs: number): Failure {
  if (afterMs <= maxWaitMs) return error;
  const asked = Math.round(afterMs / 1_000);
  return {
    ...error,
    message: `${error.message} It asks to come back in ${asked} s, which is too long to wait.`,
  };
}
