import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { t } from '../../languages/translate.ts';
import type { Queue, QueueId } from '../../shared/ipc/queue.ts';
import { queueIdSchema } from '../../shared/ipc/queue.ts';
import { settingsLine } from '../../shared/told/settings-line.ts';
import { wordsFor } from '../history/prepare-again.ts';
import { hostsOfText } from '../inputs/hosts-of-text.ts';
import { destinationInWords, pastedTitles, titleInWords } from '../inputs/kept-words.ts';
import { RequestProblem } from '../jobs/request-problem.ts';
import { type ResolvedJob, resolvedJobSchema } from '../jobs/resolved-job.ts';
import type { JsonFile } from '../storage/json-file.ts';
import type { StartSize } from './run-registry.ts';

/** Nobody plans more runs; each keeps its inputs in memory. */
const mostEntries = 200;

const keptEntrySchema = z.object({
  id: queueIdSchema,
  job: resolvedJobSchema,
  size: z.object({ size: z.int().min(1), automatic: z.boolean() }),
  /** What the job had and the disk does not keep. */
  withheld: z.array(z.string()),
});
type KeptEntry = z.infer<typeof keptEntrySchema>;

/** Entries that another version has written may not fit: they are left out, and the others count. */
export const keptQueueSchema = z.array(z.unknown());

interface Entry {
  readonly id: QueueId;
  readonly job: ResolvedJob;
  readonly size: StartSize;
  /** As it is kept on the disk. */
  readonly kept: KeptEntry;
  /** What is missing of the job, since it was read from the disk. */
  readonly missing: readonly string[];
  problem?: string | undefined;
}

export interface RunQueueOptions {
  readonly file: JsonFile<unknown[]>;
  /** A job as the disk may have it, and what was left out. */
  readonly keep: (job: ResolvedJob) => Pick<KeptEntry, 'job' | 'withheld'>;
  readonly start: (job: ResolvedJob, size: StartSize) => Promise<unknown>;
  readonly isOn: () => boolean;
  readonly tell: (queue: Queue) => void;
}

/** Runs that wait for the end of the current one, each with the settings that it was given with. Kept on the disk. */
export class RunQueue {
  readonly #options: RunQueueOptions;
  readonly #entries: Entry[];
  #held: Queue['held'];
  #starting = false;

  constructor(options: RunQueueOptions) {
    this.#options = options;
    this.#entries = options.file.read().flatMap((each) => {
      const { data: kept } = keptEntrySchema.safeParse(each);
      if (!kept) return [];
      const { id, job, size, withheld: missing } = kept;
      return [{ id, job, size, kept, missing }];
    });
    if (this.#entries.length > 0) this.#held = 'last-time';
  }

  state(): Queue {
    return {
      entries: this.#entries.map(({ id, job, missing, problem }) => ({
        id,
        kind: job.kind,
        title: titleOf(job),
        settings: settingsLine(job.request, t),
        destination: destinationInWords(job.destination),
        needs: wordsFor(missing),
        ...(problem !== undefined && { problem }),
      })),
      ...(this.#held && { held: this.#held }),
    };
  }

  /** The files with lists that entries read. */
  get lists(): ReadonlySet<string> {
    return new Set(this.#entries.flatMap(({ kept: { job } }) => listsOf(job)));
  }

  /** @throws RequestProblem when it is full. */
  add(job: ResolvedJob, size: StartSize): void {
    if (this.#entries.length >= mostEntries) {
      throw new RequestProblem(
        'QUEUE_FULL',
        t('The queue is full: {{most, number}} runs wait. Start or remove some first.', {
          most: mostEntries,
        }),
      );
    }
    const id = randomUUID() as QueueId;
    if (this.#entries.length === 0) this.#held = undefined;
    this.#entries.push({ id, job, size, missing: [], kept: { id, size, ...this.#options.keep(job) } });
    this.#changed();
  }

  /** @throws RequestProblem when it is not there any more. */
  get(id: QueueId): Pick<Entry, 'job' | 'missing'> {
    return this.#entries[this.#placeOf(id)] as Entry;
  }

  remove(id: QueueId): void {
    this.#entries.splice(this.#placeOf(id), 1);
    this.#changed();
  }

  move(id: QueueId, to: number): void {
    const [entry] = this.#entries.splice(this.#placeOf(id), 1);
    if (entry) this.#entries.splice(to, 0, entry);
    this.#changed();
  }

  /** Lets the queue go on: at once, or behind the run that is on. */
  async goOn(): Promise<void> {
    this.#held = undefined;
    for (const entry of this.#entries) entry.problem = undefined;
    if (!this.#options.isOn()) await this.#startNext();
    this.#changed();
  }

  /** A run has ended: the next one starts, unless somebody cancelled it, who may want none. */
  async ended(cancelled: boolean): Promise<void> {
    if (this.#entries.length === 0) return;
    if (cancelled) this.#held ??= 'cancelled';
    if (this.#held === undefined) await this.#startNext();
    this.#changed();
  }

  async #startNext(): Promise<void> {
    if (this.#starting) return;
    this.#starting = true;
    try {
      for (const entry of [...this.#entries]) {
        if (entry.missing.length > 0 || entry.problem !== undefined) continue;
        try {
          await this.#options.start(entry.job, entry.size);
          const place = this.#entries.indexOf(entry);
          if (place !== -1) this.#entries.splice(place, 1);
          return;
        } catch (error) {
          // A run that was started by hand in the meantime goes first.
          if (error instanceof RequestProblem && error.code === 'RUN_ON') return;
          entry.problem = error instanceof Error ? error.message : String(error);
        }
      }
    } finally {
      this.#starting = false;
    }
  }

  #placeOf(id: QueueId): number {
    const place = this.#entries.findIndex((entry) => entry.id === id);
    if (place === -1) throw new RequestProblem('UNKNOWN_ENTRY', t('This is not in the queue any more.'));
    return place;
  }

  #changed(): void {
    if (this.#entries.length === 0) this.#held = undefined;
    this.#options.file.write(this.#entries.map(({ kept }) => kept));
    this.#options.tell(this.state());
  }
}

function listsOf(job: ResolvedJob): string[] {
  switch (job.kind) {
    case 'thumbnails':
      return [];
    case 'fetch':
      return job.request.inputs.flatMap((input) => (input.kind === 'argument' ? input.value : []));
    case 'map':
      return job.request.inputs.flatMap((input) => (input.kind === 'list' ? input.path : []));
  }
}

/** Pasted lists have one name: their hosts tell them apart. */
function titleOf({ title, request }: ResolvedJob): string {
  if (request.kind !== 'fetch' || !pastedTitles.has(title)) return titleInWords(title);
  const [input] = request.inputs;
  return (input?.kind === 'text' ? hostsOfText(input.text) : undefined) ?? titleInWords(title);
}
