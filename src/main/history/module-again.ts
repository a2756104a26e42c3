import { basename } from 'node:path';
import { t } from '../../languages/translate.ts';
import type { ChosenModule } from '../../shared/ipc/inputs.ts';
import type { ModuleRegistry } from '../inputs/module-registry.ts';
import { RequestProblem } from '../jobs/request-problem.ts';

/**
 * The module of a run, for a further one.
 * @throws RequestProblem when it is gone, or may not run.
 */
export async function moduleAgain(
  path: string,
  modules: Pick<ModuleRegistry, 'offer'>,
): Promise<ChosenModule> {
  const name = basename(path);
  const module = await modules.offer(path).catch(() => {
    throw new RequestProblem('MODULE_GONE', t('{{name}} is not there any more.', { name }));
  });
  if (module !== undefined) return module;
  throw new RequestProblem(
    'MODULE_REFUSED',
    t('{{name}} is a program, and was not allowed to run.', { name }),
  );
}
