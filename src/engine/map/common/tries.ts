import type { Failure } from '../../../shared/failure.ts';

const firstWaitMs = 100;
const longestWaitMs = 5_000;

/** Whether one more try may help: an item that cannot be sent never can. */
export function isWorthATry({ code }: Failure): boolean {
  return code !== 'BAD_INPUT';
}

/**
 * How long to wait before a further try, in milliseconds: each time about twice as long, and never the same, since what
 * failed together would be tried together.
 * @param tries how many there have been.
 */
export function waitBeforeTry(tries: number, random = Math.random()): number {
  return Math.min(longestWaitMs, firstWaitMs * 2 ** (tries - 1)) * (0.75 + random / 2);
}

export function withTries(error: Failure, tries: number): Failure {
  return tries > 1 ? { ...error, tries } : error;
}

/** The failure of an item whose time was up. */
export function timedOut(timeoutMs: number): Failure {
  return { code: 'TASK_TIMEOUT', message: `The task took longer than ${timeoutMs / 1_000} s.` };
}
