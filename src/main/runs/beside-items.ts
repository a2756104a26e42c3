import type { RunSnapshot } from '../../shared/ipc/run.ts';
import type { Summary } from '../../shared/result.ts';
import type { SetKind } from '../../shared/settings/set-kinds.ts';

/**
 * What a run has done beside its items: made of all its thumbnails together, of which the page knows the kinds and only main
 * the files, and removed.
 */
export class BesideItems {
  #sets: NonNullable<Summary['sets']> = [];
  #removed = 0;

  /** @returns why sets could not be made. */
  take({ sets = [], removed = 0 }: Pick<Summary, 'sets' | 'removed'>): string[] {
    this.#removed = removed;
    this.#sets = sets.filter(({ files }) => files.length > 0);
    return sets.flatMap(({ error }) => error?.message ?? []);
  }

  fileOf(kind: SetKind): string | undefined {
    return this.#sets.find((set) => set.kind === kind)?.file;
  }

  /** What the page is told. */
  get told(): Pick<RunSnapshot, 'sets' | 'removed'> {
    const sets = this.#sets.map(({ kind, pictures }) => ({ kind, pictures }));
    return { ...(sets.length > 0 && { sets }), ...(this.#removed > 0 && { removed: this.#removed }) };
  }
}
