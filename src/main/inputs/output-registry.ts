import { randomUUID } from 'node:crypto';
import type { ChosenOutput, OutputId } from '../../shared/ipc/inputs.ts';

/** The output folders that the person chose. The page can use only these. */
export class OutputRegistry {
  readonly #folders = new Map<OutputId, string>();

  register(path: string): ChosenOutput {
    const id = randomUUID() as OutputId;
    this.#folders.set(id, path);
    return { id, display: path };
  }

  get(id: OutputId): string | undefined {
    return this.#folders.get(id);
  }
}
