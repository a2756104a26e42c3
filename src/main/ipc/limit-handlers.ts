import { RequestProblem } from '../jobs/request-problem.ts';
import type { RunRegistry } from '../runs/run-registry.ts';
import type { LimitHandlers } from './handlers.ts';

/** The handlers that change the limits of a run while it is on. */
export function limitHandlers(sessions: RunRegistry): LimitHandlers {
  return {
    'run:change-limit': async ({ runId, change }) => {
      try {
        sessions.get(runId).changeLimit(change);
      } catch (error) {
        if (error instanceof RangeError) throw new RequestProblem('CANNOT_CHANGE', error.message);
        throw error;
      }
    },
  };
}
