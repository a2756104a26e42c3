import { rmSync } from 'node:fs';
import type { JournalOptions } from '../../engine/index.ts';
import {
  type ChosenItems,
  isOfFunction,
  type JournalHead,
  runHead,
  runIds,
  runOverview,
  unfinishedItems,
} from '../../engine/run/front-ends/index.ts';
import { t } from '../../languages/translate.ts';
import { type FormerRun, type JournalId, journalIdSchema } from '../../shared/ipc/history.ts';
import type { RunId } from '../../shared/ipc/run.ts';
import type { UrlInput } from '../../shared/requests.ts';
import { settingsOfRequest } from '../../shared/settings-of-request.ts';
import { formerRunOf } from '../history/former-run.ts';
import { jobOfHead, type WindowDetails, windowDetailsOf } from '../history/job-of-head.ts';
import { wordsFor } from '../history/prepare-again.ts';
import { RequestProblem } from '../jobs/request-problem.ts';
import type { ResolvedJob } from '../jobs/resolved-job.ts';
import { mapInFiles } from './kept-job.ts';
import type { PastedLists } from './pasted-lists.ts';

const mostRuns = 12;
/** Of so many runs that were opened the journals are known by the ids that the page has for them. */
const mostOpened = 100;

interface Limit extends Required<Pick<JournalOptions, 'retryOf'>> {
  readonly only: ChosenItems;
}

/** The most recent runs of the window, as their journals tell of them. */
export class RecentRuns {
  readonly #texts: Pick<PastedLists, 'save'>;
  readonly #hidden: Pick<ReadonlySet<string>, 'has'>;
  readonly #opened = new Map<RunId, string>();

  /** @param hidden the runs that are not to be listed any more. */
  constructor(texts: Pick<PastedLists, 'save'>, hidden: Pick<ReadonlySet<string>, 'has'> = new Set()) {
    this.#texts = texts;
    this.#hidden = hidden;
  }

  /** What the journal of a run says beside its results. */
  journalOf(
    runId: RunId,
    job: ResolvedJob,
    {
      continues,
      watched,
      queue,
      retryOf,
    }: Pick<WindowDetails, 'continues' | 'watched' | 'queue'> & Pick<JournalOptions, 'retryOf'> = {},
  ): JournalOptions {
    const { title, destination, folder } = job;
    const details: WindowDetails = {
      ...{ runId, destination, folder },
      ...(continues && { continues }),
      ...(watched && { watched }),
      ...(queue && { queue }),
    };
    const kept = this.inFiles(job);
    // The command line takes the items of such a run from its results.
    const request = kept.kind === 'map' ? { ...kept, items: null } : kept;
    return { front: 'window', title, request, details, ...(retryOf && { retryOf }) };
  }

  /**
   * What did not finish first, then the newest first. Not the run that is on, nor those of watched folders: these have cards
   * of their own, and what did not finish of them is done by the next one.
   */
  list(): FormerRun[] {
    const recent: FormerRun[] = [];
    const continued = new Set<RunId>();
    for (const { head, details } of ownRuns()) {
      if (details.continues) continued.add(details.continues);
      if (continued.has(details.runId) || details.watched || this.#hidden.has(head.id)) continue;
      const run = runOverview(head.id);
      if (run && run.state !== 'running') recent.push(formerRunOf(run, details.runId));
      if (recent.length === mostRuns) break;
    }
    const isRest = ({ standing }: FormerRun) => standing === 'unfinished';
    return [...recent.filter(isRest), ...recent.filter((run) => !isRest(run))];
  }

  /** Remembers which journal is meant by an id: of a run that was opened from the history. */
  opened(runId: RunId, id: JournalId): void {
    this.#opened.set(runId, id);
    for (const oldest of this.#opened.keys()) {
      if (this.#opened.size <= mostOpened) break;
      this.#opened.delete(oldest);
    }
  }

  /**
   * What a run was to do. Undefined if its journal is gone, or is of a version with another format.
   * @throws RequestProblem when it needs secrets, which no journal has.
   */
  job(runId: RunId): ResolvedJob | undefined {
    const head = this.#headOf(runId);
    return head && jobOfHead(head);
  }

  /** The words for what a run was given and nobody has kept. */
  needs(runId: RunId): readonly string[] {
    return wordsFor(this.#headOf(runId)?.withheld ?? []);
  }

  /** The journal of a run. */
  journalIdOf(runId: RunId): JournalId | undefined {
    return journalIdSchema.safeParse(this.#headOf(runId)?.id).data;
  }

  /** The journals that this window has kept of a run of a queue, the newest first. */
  ofQueue(run: string): JournalHead[] {
    const heads: JournalHead[] = [];
    for (const { head, details } of ownRuns()) if (details.queue?.run === run) heads.push(head);
    return heads;
  }

  /** What a journal says of a run that does again the items of this one that failed by these codes. */
  retryOf(runId: RunId, codes: readonly string[]): JournalOptions['retryOf'] {
    const id = this.#headOf(runId)?.id;
    return id === undefined ? undefined : { id, only: codes };
  }

  /**
   * The items of its request that a run was limited to. Undefined if it was not.
   * @throws RequestProblem when nobody knows them any more.
   */
  limitOf(runId: RunId): Limit | undefined {
    const head = this.#headOf(runId);
    // No ledger knows what a person's own function has done: it is not to be done twice.
    const isMap = head !== undefined && isOfFunction(head);
    if (!head || (!head.retryOf && !head.limited && !isMap)) return undefined;
    // Told as a retry of it, so that the rest of the new run can be told from both journals, should it be stopped too.
    const retryOf = (isMap ? undefined : head.retryOf) ?? { id: head.id };
    const run = runOverview(retryOf.id);
    if (!run) throw new RequestProblem('UNKNOWN_RUN', t('What this run was to do is not known any more.'));
    return { only: unfinishedItems(run, retryOf.only), retryOf };
  }

  /** A run as a page to look at and to send. Undefined if its journal is gone. */
  async page(runId: RunId): Promise<string | undefined> {
    const head = this.#headOf(runId);
    const run = head && runOverview(head.id);
    if (!run) return undefined;
    const { pageOfRun } = await import('../../engine/run/front-ends/pictures.ts');
    return pageOfRun(run, settingsOfRequest(head.request, 'window'), 'window');
  }

  /** Moves pasted lists into files of their own, because they may be far too large for a journal's first line. */
  inFiles(job: ResolvedJob): ResolvedJob['request'] {
    if (job.kind === 'map') return mapInFiles(job.request, this.#texts);
    if (job.kind !== 'fetch') return job.request;
    const inputs = job.request.inputs.map(
      (input): UrlInput =>
        input.kind === 'text' ? { kind: 'argument', value: this.#texts.save(input.text) } : input,
    );
    return { ...job.request, inputs };
  }

  #headOf(runId: RunId): JournalHead | undefined {
    const id = this.#opened.get(runId);
    if (id !== undefined) return runHead(id);
    for (const { head, details } of ownRuns()) if (details.runId === runId) return head;
    return undefined;
  }
}

/** Removes the files in which version 0.1 kept its recent runs. */
export function removeFormerRecentRuns(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** The runs of the window, the newest first. */
function* ownRuns(): Generator<{ readonly head: JournalHead; readonly details: WindowDetails }, void> {
  for (const id of runIds()) {
    const head = runHead(id);
    const details = head && windowDetailsOf(head);
    if (details) yield { head, details };
  }
}
