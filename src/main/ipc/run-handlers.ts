import type { ErrorCode } from '../../shared/error-codes/error-codes.ts';
import type { RunId } from '../../shared/ipc/run.ts';
import type { RunRegistry } from '../runs/run-registry.ts';
import type { RunHandlers } from './handlers.ts';

/** The handlers for a run that was started: read its state and rows, and control it. */
export function runHandlers(
  sessions: RunRegistry,
  machines: { retry(run: string, codes?: readonly ErrorCode[]): Promise<RunId> },
): RunHandlers {
  return {
    'run:pause': async ({ runId }) => {
      sessions.get(runId).pause();
    },
    'run:resume': async ({ runId }) => {
      sessions.get(runId).resume();
    },
    'run:cancel': async ({ runId }) => {
      sessions.cancel(runId);
    },
    'run:retry-failed': async ({ runId, codes }) => {
      const { handedOut } = sessions.get(runId);
      const again = handedOut ? machines.retry(handedOut, codes) : sessions.retryFailed(runId, codes);
      return sessions.get(await again).snapshot();
    },
    'run:resize-pool': async ({ runId, poolSize }) => {
      sessions.get(runId).resize(poolSize);
    },
    'run:snapshot': async ({ runId }) => sessions.find(runId)?.snapshot() ?? null,
    // The run may have been dropped since; then nothing waits for the acknowledgement.
    'run:acknowledge': async ({ runId, sequence }) => {
      sessions.find(runId)?.acknowledge(sequence);
    },
    'run:leave': async ({ runId }) => {
      sessions.leave(runId);
    },
    'run:rows': async ({ runId, offset, limit, ...list }) => sessions.get(runId).rows(list, offset, limit),
  };
}
