import { randomUUID } from 'node:crypto';
import type { ChosenOutput, OutputId } from '../../shared/ipc/inputs.ts';

/** Folders the person chose to write to: the page can name these and no other. */
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
