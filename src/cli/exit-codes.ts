import type { Summary } from '../shared/result.ts';

/** The contract's exit codes. 130 is 128 + SIGINT, as shells have it. */
export const exitCode = { fine: 0, someFailed: 1, wrongUsage: 2, interrupted: 130 } as const;

/** Ctrl-C before anything was started: there is nothing to tell. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

export function exitCodeOf({ failed }: Pick<Summary, 'failed'>, signal: AbortSignal): number {
  if (signal.aborted) return exitCode.interrupted;
  return failed > 0 ? exitCode.someFailed : exitCode.fine;
}
