import { t } from '../../languages/translate.ts';
import type { RunId, RunSnapshot } from '../../shared/ipc/run.ts';
import type { MachineHandlers } from '../ipc/handlers.ts';
import { RequestProblem } from '../jobs/request-problem.ts';
import { type Givens, resolveJob } from '../jobs/resolved-job.ts';
import { assertWritableFolder } from '../jobs/writable-output.ts';
import type { RunRegistry } from '../runs/run-registry.ts';
import type { Machines } from './machines.ts';
import type { QueueAddress } from './queue-address.ts';

interface MachineParts {
  readonly address: QueueAddress;
  readonly machines: Machines;
  readonly sessions: Pick<RunRegistry, 'get'>;
  readonly givens: Givens;
}

/** The handlers for runs on several machines. */
export function machineHandlers({ address, machines, sessions, givens }: MachineParts): MachineHandlers {
  const snapshot = (runId: RunId): RunSnapshot => sessions.get(runId).snapshot();
  return {
    'machines:queue': async () => address.choice(),
    'machines:set-queue': async ({ queue }) => {
      address.set(queue);
      machines.close();
      return address.choice();
    },
    'machines:use-offered': async () => {
      address.useOffered();
      machines.close();
      return address.choice();
    },
    'machines:look': async () => machines.look(),
    'machines:follow': async ({ run }) => snapshot(await machines.follow(run)),
    'machines:retry': async ({ run }) => snapshot(await machines.retry(run)),
    'machines:cancel': async ({ run }) => {
      await machines.cancel(run);
    },
    'machines:submit': async ({ place: wanted, ...request }) => {
      const place = 'storage' in wanted ? wanted.storage : givens.outputs.get(wanted.folder);
      if (place === undefined) {
        throw new RequestProblem(
          'NO_PLACE',
          t('A run on other machines needs a folder that all of them see.'),
        );
      }
      const job = resolveJob(request, givens);
      if ('folder' in wanted) assertWritableFolder(place);
      return snapshot(await machines.submit(job, place));
    },
  };
}
