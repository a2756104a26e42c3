import { basename } from 'node:path';
import { t } from '../../languages/translate.ts';
import type { ModuleRegistry } from '../inputs/module-registry.ts';
import { RequestProblem } from './request-problem.ts';
import type { ResolvedJob } from './resolved-job.ts';

/**
 * A module that is a job's task is loaded only as the person has allowed it: it may be another by now.
 * @throws RequestProblem when it is gone, or may not run.
 */
export async function assertModuleMayRun(
  { request }: Pick<ResolvedJob, 'request'>,
  modules: Pick<ModuleRegistry, 'mayRun'>,
): Promise<void> {
  if (request.kind !== 'map') return;
  const { module } = request;
  const mayRun = await modules.mayRun(module).catch(() => {
    throw moduleGone(module);
  });
  if (!mayRun) throw moduleRefused(module);
}

export function moduleGone(path: string): RequestProblem {
  return new RequestProblem('MODULE_GONE', t('{{name}} is not there any more.', { name: basename(path) }));
}

export function moduleRefused(path: string): RequestProblem {
  return new RequestProblem(
    'MODULE_REFUSED',
    t('{{name}} is a program, and was not allowed to run.', { name: basename(path) }),
  );
}
