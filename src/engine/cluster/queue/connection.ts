import type { Redis } from 'ioredis';
import { QueueProblem } from '../../../shared/machines/queue-problem.ts';
import { addressWithoutSecrets } from '../../../shared/without-secrets.ts';

/** How long the first answer may take, in milliseconds. */
const answerWithinMs = 5_000;
/** A server that is silent for so long is gone, as one whose network is cut: the connection is made anew. */
const silentMs = 10_000;
/** The longest time between two tries to reach a server that is gone. */
const longestPauseMs = 2_000;

export interface ConnectionOptions {
  /** Whether to wait for a server that cannot be reached at the start. */
  readonly isPatient?: boolean;
  /** Told once when the server cannot be reached or takes nothing, and once when all is well again. */
  readonly onNotice: (notice: string) => void;
}

/**
 * Connects to Redis or Valkey. A connection that is lost is made again, however long that takes.
 * @throws UsageError for what is no address of such a server, and for one that cannot be reached.
 */
export async function connectQueue(
  url: string,
  { isPatient = false, onNotice }: ConnectionOptions,
): Promise<Redis> {
  const told = addressWithoutSecrets(url);
  if (!/^rediss?:\/\/./.test(url) || !URL.canParse(url)) {
    throw new QueueProblem('BAD_ADDRESS', { queue: told });
  }
  const { Redis } = await import('ioredis');
  const redis = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: null,
    connectTimeout: answerWithinMs,
    socketTimeout: silentMs,
    retryStrategy: (times) => Math.min(longestPauseMs, times * 100),
  });
  let reason = 'it closed the connection';
  let isGone = false;
  // Who does not wait is told by an error.
  let waits = isPatient;
  redis.on('error', (error: Error) => {
    reason = reasonOf(error);
  });
  redis.on('reconnecting', () => {
    if (isGone || !waits) return;
    isGone = true;
    onNotice(`The queue at ${told} cannot be reached (${reason}): waiting until it is back.`);
  });
  redis.on('ready', () => {
    if (isGone) onNotice(`The queue at ${told} is there again.`);
    isGone = false;
    waits = true;
  });
  try {
    await redis.connect();
  } catch (error) {
    if (isPatient && !isRefusal(error)) {
      await new Promise<void>((resolve) => redis.once('ready', resolve));
      return redis;
    }
    redis.disconnect();
    const why = isRefusal(error) ? reasonOf(error) : reason;
    throw new QueueProblem('UNREACHED', { queue: told, reason: why }, { cause: error });
  }
  return redis;
}

/** A wrong password does not become right by waiting. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && /WRONGPASS|NOAUTH|NOPERM/.test(error.message);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  return first === undefined ? error.message || error.name : reasonOf(first);
}
