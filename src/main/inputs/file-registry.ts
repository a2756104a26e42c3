import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { ChosenFile, ChosenFileId } from '../../shared/ipc/access.ts';

/** The files that the person chose for settings. The page has their names alone. */
export class FileRegistry {
  readonly #paths = new Map<ChosenFileId, string>();

  register(path: string): ChosenFile {
    const id = randomUUID() as ChosenFileId;
    this.#paths.set(id, path);
    return { id, name: basename(path) };
  }

  get(id: ChosenFileId): string | undefined {
    return this.#paths.get(id);
  }
}
