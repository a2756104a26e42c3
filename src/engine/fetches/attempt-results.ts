import type { ErrorCode } from '../../shared/error-codes/error-codes.ts';
import type { Failure } from '../../shared/failure.ts';
import type { ItemResult } from '../../shared/result.ts';
import type { Outcome } from '../pool/threads/protocol.ts';
import type { HostAnswer } from './hosts/host-feed.ts';
import { maxWaitMs } from './hosts/retries.ts';
import type { ListedUrl } from './lists/list-entry.ts';
import type { Attempt } from './protocol/protocol.ts';

/** What every result tells of its item. */
export function resultBase(
  index: number,
  entry: ListedUrl,
): Pick<ItemResult, 'index' | 'input' | 'listed' | 'columns'> {
  const { input, name, sha256, md5, columns } = entry;
  const listed = {
    ...(name !== undefined && { name }),
    ...(sha256 !== undefined && { sha256 }),
    ...(md5 !== undefined && { md5 }),
  };
  return {
    index,
    input,
    ...(Object.keys(listed).length > 0 && { listed }),
    ...(columns && { columns }),
  };
}

/** What a host's limits learn from an attempt. */
export function hostAnswer(outcome: Outcome<Attempt>): HostAnswer {
  if (outcome.status !== 'done') return { kind: 'silent' };
  const attempt = outcome.value;
  if (attempt.kind !== 'failed') return { kind: 'answered' };
  const { retry } = attempt;
  if (retry?.crowded) return { kind: 'turned-away', afterMs: cappedRetryAfter(retry.afterMs) };
  return { kind: retry ? 'silent' : 'answered' };
}

/** A host may ask for patience, but not for the rest of the day. */
function cappedRetryAfter(afterMs: number | undefined): number | undefined {
  return afterMs === undefined ? undefined : Math.min(afterMs, maxWaitMs);
}

/** What an attempt cannot know: that it was the last of several. */
const afterRetries: Partial<Readonly<Record<ErrorCode, ErrorCode>>> = {
  HTTP_429: 'HTTP_429_AFTER_RETRIES',
  HTTP_5XX: 'HTTP_5XX_AFTER_RETRIES',
};

/**
 * The failure of an item of which no further try is made.
 * @param tries those that were made.
 * @param afterMs how long the server asks to wait.
 */
export function finalFailure(failure: Failure, tries: number, afterMs = 0): Failure {
  const code = tries > 1 ? (afterRetries[failure.code] ?? failure.code) : failure.code;
  return withWait({ ...failure, code }, afterMs);
}

/** A wait that is too long for us is told, for the person to decide. */
function withWait(error: Failure, afterMs: number): Failure {
  if (afterMs <= maxWaitMs) return error;
  const asked = Math.round(afterMs / 1_000);
  return {
    ...error,
    message: `${error.message} It asks to come back in ${asked} s, which is too long to wait.`,
  };
}
