import { type Givens, resolveJob } from '../jobs/resolved-job.ts';
import type { RunRegistry } from '../runs/run-registry.ts';
import type { WatchedFolders } from '../watched/watched-folders.ts';
import type { WatchedHandlers } from './handlers.ts';

interface WatchedParts {
  readonly watched: WatchedFolders;
  readonly sessions: Pick<RunRegistry, 'jobOf'>;
  readonly givens: Givens;
}

/** The handlers for folders that are kept up to date. */
export function watchedHandlers({ watched, sessions, givens }: WatchedParts): WatchedHandlers {
  return {
    'watched:get': async () => watched.state(),
    'watched:add': async (request) => {
      watched.add(resolveJob(request, givens));
    },
    'watched:offer': async ({ runId }) => ({ offer: watched.offerFor(sessions.jobOf(runId)) }),
    'watched:add-of-run': async ({ runId }) => {
      watched.add(sessions.jobOf(runId));
    },
    'watched:pause': async ({ id, paused }) => {
      watched.pause(id, paused);
    },
    'watched:run-now': async ({ id }) => {
      watched.runNow(id);
    },
    'watched:remove': async ({ id }) => {
      watched.remove(id);
    },
    'watched:put-back': async ({ id }) => {
      watched.putBack(id);
    },
  };
}
