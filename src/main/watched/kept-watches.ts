import { readFileSync, renameSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { t } from '../../languages/translate.ts';
import { type JournalId, journalIdSchema } from '../../shared/ipc/history.ts';
import { watchedIdSchema } from '../../shared/ipc/watched.ts';
import { resolvedJobSchema } from '../jobs/resolved-job.ts';
import { JsonFile } from '../storage/json-file.ts';

/** Each is watched by the system's means, which are few, and has a card. */
export const mostWatched = 20;

const keptWatchSchema = z.object({
  id: watchedIdSchema,
  job: resolvedJobSchema,
  paused: z.boolean(),
  /** Tells the items that the last run could not do, as they were then: a further run would do no better. */
  tried: z.string().optional(),
  lastRun: journalIdSchema.optional(),
  /** Those before, the oldest first. */
  earlierRuns: z.array(journalIdSchema).optional(),
});
/** So many runs of a folder stay in the history: a busy one would take the place of all others there. */
const mostRuns = 10;

export type KeptWatch = z.infer<typeof keptWatchSchema>;

/** The list of watched folders on the disk. What cannot be read of it is kept beside it, and told. */
export class KeptWatches {
  readonly #path: string;
  readonly #file: JsonFile<KeptWatch[]>;
  #isDamaged = false;
  /** Why it could not be written last. */
  #unsaved: string | undefined;

  constructor(path: string) {
    this.#path = path;
    this.#file = new JsonFile(path, z.array(keptWatchSchema), () => []);
  }

  read(): KeptWatch[] {
    const given = this.#given();
    const kept = (given ?? []).flatMap((each) => keptWatchSchema.safeParse(each).data ?? []);
    if (given?.length === kept.length) return kept.slice(0, mostWatched);
    this.#isDamaged = true;
    try {
      renameSync(this.#path, this.#damagedPath);
      this.#file.write(kept);
    } catch {
      // It cannot be moved either: it stays where it is, until the list changes.
    }
    return kept.slice(0, mostWatched);
  }

  /** A list that cannot be saved, as on a full disk, keeps no run from its end: it is told of. */
  write(watches: KeptWatch[]): void {
    try {
      this.#file.write(watches);
      this.#unsaved = undefined;
    } catch (error) {
      this.#unsaved = error instanceof Error ? error.message : String(error);
    }
  }

  /** What a person should know of the list. */
  get problem(): string | undefined {
    if (this.#unsaved !== undefined) {
      return t(
        'The list of watched folders could not be saved, and is an older one at the next start. {{reason}}',
        {
          reason: this.#unsaved,
        },
      );
    }
    if (!this.#isDamaged) return undefined;
    return t(
      'The list of watched folders was damaged: what could be read of it is watched. It is kept as {{name}} in the folder of Shoal’s settings.',
      { name: basename(this.#damagedPath) },
    );
  }

  get #damagedPath(): string {
    return `${this.#path}.damaged`;
  }

  /** Undefined of a file that is no list. */
  #given(): unknown[] | undefined {
    try {
      const given: unknown = JSON.parse(readFileSync(this.#path, 'utf8'));
      return Array.isArray(given) ? given : undefined;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ENOENT' ? [] : undefined;
    }
  }
}

/** The folder after a further run. @returns also the runs that are to leave the history for it. */
export function withRun<Kept extends KeptWatch>(
  kept: Kept,
  run: JournalId,
): { readonly kept: Kept; readonly leave: readonly JournalId[] } {
  const { earlierRuns = [], lastRun } = kept;
  const earlier = [...earlierRuns, ...(lastRun ? [lastRun] : [])];
  const leave = earlier.splice(0, earlier.length + 1 - mostRuns);
  return { kept: { ...kept, lastRun: run, earlierRuns: earlier }, leave };
}
