import type { ChosenModule } from '../../shared/ipc/inputs.ts';
import type { ModuleRegistry } from '../inputs/module-registry.ts';
import { moduleGone, moduleRefused } from '../jobs/module-may-run.ts';

/**
 * The module of a run, for a further one.
 * @throws RequestProblem when it is gone, or may not run.
 */
export async function moduleAgain(
  path: string,
  modules: Pick<ModuleRegistry, 'offer'>,
): Promise<ChosenModule> {
  const module = await modules.offer(path).catch(() => {
    throw moduleGone(path);
  });
  if (module === undefined) throw moduleRefused(path);
  return module;
}
