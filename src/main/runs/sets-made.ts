import type { RunSnapshot } from '../../shared/ipc/run.ts';
import type { Summary } from '../../shared/result.ts';
import type { SetKind } from '../../shared/settings/set-kinds.ts';

/** What a run has made of all its thumbnails together: the page knows the kinds, and only main the files. */
export class SetsMade {
  #sets: NonNullable<Summary['sets']> = [];

  /** @returns why others could not be made. */
  take({ sets = [] }: Pick<Summary, 'sets'>): string[] {
    this.#sets = sets.filter(({ files }) => files.length > 0);
    return sets.flatMap(({ error }) => error?.message ?? []);
  }

  fileOf(kind: SetKind): string | undefined {
    return this.#sets.find((set) => set.kind === kind)?.file;
  }

  /** What the page is told. */
  get told(): Pick<RunSnapshot, 'sets'> {
    if (this.#sets.length === 0) return {};
    return { sets: this.#sets.map(({ kind, pictures }) => ({ kind, pictures })) };
  }
}
