import type { Failure } from '../../shared/failure.ts';
import type { ItemResult } from '../../shared/result.ts';
import type { Outcome } from '../pool/threads/protocol.ts';
import type { HostAnswer } from './hosts/host-feed.ts';
import { maxWaitMs } from './hosts/retries.ts';
import type { ListedUrl } from './lists/list-entry.ts';
import type { Attempt } from './protocol/protocol.ts';

/** What every result tells of its item. */
export function about(
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
export function answerOf(outcome: Outcome<Attempt>): HostAnswer {
  if (outcome.status !== 'done') return { kind: 'silent' };
  const attempt = outcome.value;
  if (attempt.kind !== 'failed') return { kind: 'answered' };
  const { retry } = attempt;
  if (retry?.crowded) return { kind: 'turned-away', afterMs: wish(retry.afterMs) };
  return { kind: retry ? 'silent' : 'answered' };
}

/** A host may ask for patience, but not for the rest of the day. */
function wish(afterMs: number | undefined): number | undefined {
  return afterMs === undefined ? undefined : Math.min(afterMs, maxWaitMs);
}

/** A wait that is too long for us is told, for the person to decide. */
export function explained(error: Failure, afterMs = 0): Failure {
  if (afterMs <= maxWaitMs) return error;
  const asked = Math.round(afterMs / 1_000);
  return {
    ...error,
    message: `${error.message} It asks to come back in ${asked} s, which is too long to wait.`,
  };
}
