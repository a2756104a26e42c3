import { constants } from 'node:os';
import type { Summary } from '../../shared/result.ts';

/** The documented exit codes. 130 is 128 + SIGINT, the convention of shells. */
export const exitCode = { fine: 0, someFailed: 1, wrongUsage: 2, interrupted: 130 } as const;

/** The signals that end a run cleanly. SIGBREAK is Ctrl-Break, and there is none but on Windows. */
export const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const;
export type EndingSignal = (typeof endingSignals)[number];

/** Why a run ended early, or nothing was started. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly by: EndingSignal;

  constructor(by: EndingSignal = 'SIGINT', options?: { cause?: unknown }) {
    super(`Ended by ${by}.`, options);
    this.by = by;
  }
}

/** The exit code by the convention of shells: 130 after Ctrl-C, 143 after SIGTERM, 129 when the terminal has gone. */
export function codeOfInterruption(reason: unknown): number {
  return reason instanceof Interrupted ? 128 + constants.signals[reason.by] : exitCode.interrupted;
}

export function exitCodeOf(
  { failed, sets = [] }: Pick<Summary, 'failed' | 'sets'>,
  signal: AbortSignal,
): number {
  if (signal.aborted) return codeOfInterruption(signal.reason);
  return failed > 0 || sets.some(({ error }) => error) ? exitCode.someFailed : exitCode.fine;
}
