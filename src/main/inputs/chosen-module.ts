import { basename } from 'node:path';
import type { Registration } from '../../shared/ipc/inputs.ts';
import type { ModuleRegistry } from './module-registry.ts';
import { whyUnreadable } from './why-unreadable.ts';

/** What comes of a module that the person chose in a dialog: one that cannot be read is refused. */
export async function chosenModule(
  modules: Pick<ModuleRegistry, 'choose'>,
  path: string,
): Promise<Registration> {
  try {
    return { inputs: [], refused: [], module: await modules.choose(path) };
  } catch (error) {
    const name = basename(path);
    return { inputs: [], refused: [{ name, message: whyUnreadable(name, error) }] };
  }
}
