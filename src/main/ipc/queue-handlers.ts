import type { Settings } from '../../shared/ipc/settings.ts';
import { prepareAgain } from '../history/prepare-again.ts';
import { type Givens, resolveJob } from '../jobs/resolved-job.ts';
import { assertWritableOutput } from '../jobs/writable-output.ts';
import type { RunQueue } from '../runs/run-queue.ts';
import type { QueueHandlers } from './handlers.ts';
import { startSizeOf } from './start-size.ts';

interface QueueParts {
  readonly queue: RunQueue;
  readonly known: Givens & Parameters<typeof prepareAgain>[2];
  readonly settings: () => Settings;
}

/** The handlers for what waits for the end of the current run. */
export function queueHandlers({ queue, known, settings }: QueueParts): QueueHandlers {
  return {
    'queue:get': async () => queue.state(),
    'queue:add': async (request) => {
      const job = resolveJob(request, known);
      assertWritableOutput(job);
      queue.add(job, startSizeOf(job.kind, request.poolSize, settings()));
    },
    'queue:move': async ({ id, to }) => {
      queue.move(id, to);
    },
    'queue:remove': async ({ id }) => {
      queue.remove(id);
    },
    'queue:edit': async ({ id }) => {
      const { job, missing } = queue.get(id);
      const prepared = await prepareAgain(job, missing, known);
      queue.remove(id);
      return prepared;
    },
    'queue:go-on': async () => {
      await queue.goOn();
    },
  };
}
