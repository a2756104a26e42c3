import { rmSync } from 'node:fs';
import { z } from 'zod';
import type { JournalOptions } from '../../engine/index.ts';
import {
  type ChosenItems,
  type JournalHead,
  type RunOverview,
  runHead,
  runIds,
  runOverview,
  unfinishedItems,
} from '../../engine/run/front-ends/index.ts';
import { type RecentRun, type RunId, runIdSchema } from '../../shared/ipc/run.ts';
import type { UrlInput } from '../../shared/requests.ts';
import { allSettings } from '../../shared/settings/all-settings.ts';
import { settingsOfRequest } from '../../shared/settings-of-request.ts';
import { RequestProblem } from '../jobs/request-problem.ts';
import { type ResolvedJob, resolvedJobSchema } from '../jobs/resolved-job.ts';
import type { PastedLists } from './pasted-lists.ts';

const mostRuns = 12;

/** Why a run ends when the app does. Such a run did not finish: its rest is offered at the next start. */
export const quitReason = 'The app was quit.';

/** What the window keeps in the journals of its runs. */
const detailsSchema = z.object({
  runId: runIdSchema,
  destination: z.string(),
  folder: z.string(),
  /** The run that this one continues. It is not offered any more. */
  continues: runIdSchema.optional(),
});
type Details = z.infer<typeof detailsSchema>;

interface Limit extends Pick<JournalOptions, 'retryOf'> {
  readonly only: ChosenItems;
}

/** The most recent runs of the window, as their journals tell of them. */
export class RecentRuns {
  readonly #texts: Pick<PastedLists, 'save'>;

  constructor(texts: Pick<PastedLists, 'save'>) {
    this.#texts = texts;
  }

  /** What the journal of a run says beside its results. */
  journalOf(
    runId: RunId,
    job: ResolvedJob,
    { continues, retryOf }: Pick<Details, 'continues'> & Pick<JournalOptions, 'retryOf'> = {},
  ): JournalOptions {
    const { title, destination, folder } = job;
    const details: Details = { runId, destination, folder, ...(continues && { continues }) };
    return { front: 'window', title, request: this.#inFiles(job), details, ...(retryOf && { retryOf }) };
  }

  /** The newest first. */
  list(): RecentRun[] {
    const recent: RecentRun[] = [];
    const continued = new Set<RunId>();
    for (const { head, details } of ownRuns()) {
      if (details.continues) continued.add(details.continues);
      const run = continued.has(details.runId) ? undefined : runOverview(head.id);
      if (run) recent.push(recentRunOf(run, details.runId));
      if (recent.length === mostRuns) break;
    }
    return recent;
  }

  /**
   * What a run was to do. Undefined if its journal is gone, or is of a version with another format.
   * @throws RequestProblem when it needs secrets, which no journal has.
   */
  job(runId: RunId): ResolvedJob | undefined {
    for (const { head, details } of ownRuns()) {
      if (details.runId !== runId) continue;
      const { title, request, force = false, withheld = [] } = head;
      if (withheld.length > 0) {
        const names = withheld.map((key) => allSettings[key]?.field?.label ?? 'passwords in URLs').join(', ');
        throw new RequestProblem(
          'ACCESS_NOT_KEPT',
          `This run needs what is not kept of a run (${names}): give its inputs and these again.`,
        );
      }
      const { destination, folder } = details;
      const kind = (request as { readonly kind?: unknown } | null)?.kind;
      return resolvedJobSchema.safeParse({ kind, request, force, title, destination, folder }).data;
    }
    return undefined;
  }

  /** What a journal says of a run that does again the items of this one that failed by these codes. */
  retryOf(runId: RunId, codes: readonly string[]): JournalOptions['retryOf'] {
    const id = headOfRun(runId)?.id;
    return id === undefined ? undefined : { id, only: codes };
  }

  /**
   * The items of its request that a run was limited to. Undefined if it was not.
   * @throws RequestProblem when nobody knows them any more.
   */
  limitOf(runId: RunId): Limit | undefined {
    const head = headOfRun(runId);
    if (!head?.retryOf && !head?.limited) return undefined;
    const { id, retryOf } = head;
    const run = runOverview(retryOf?.id ?? id);
    if (!run) throw new RequestProblem('UNKNOWN_RUN', 'What this run was to do is not known any more.');
    return { only: unfinishedItems(run, retryOf?.only), ...(retryOf && { retryOf }) };
  }

  /** A run as a page to look at and to send. Undefined if its journal is gone. */
  async page(runId: RunId): Promise<string | undefined> {
    for (const { head, details } of ownRuns()) {
      if (details.runId !== runId) continue;
      const run = runOverview(head.id);
      if (!run) return undefined;
      const { pageOfRun } = await import('../../engine/run/front-ends/pictures.ts');
      return pageOfRun(run, settingsOfRequest(head.request, 'window'), 'window');
    }
    return undefined;
  }

  /** Moves pasted lists into files of their own, because they may be far too large for a journal's first line. */
  #inFiles(job: ResolvedJob): object {
    if (job.kind !== 'fetch') return job.request;
    const inputs = job.request.inputs.map(
      (input): UrlInput =>
        input.kind === 'text' ? { kind: 'argument', value: this.#texts.save(input.text) } : input,
    );
    return { ...job.request, inputs };
  }
}

/** Removes the files in which version 0.1 kept its recent runs. */
export function removeFormerRecentRuns(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** The runs of the window, the newest first. */
function* ownRuns(): Generator<{ readonly head: JournalHead; readonly details: Details }, void> {
  for (const id of runIds()) {
    const head = runHead(id);
    if (head?.front !== 'window') continue;
    const { data: details } = detailsSchema.safeParse(head.details);
    if (details) yield { head, details };
  }
}

function headOfRun(runId: RunId): JournalHead | undefined {
  for (const { head, details } of ownRuns()) if (details.runId === runId) return head;
  return undefined;
}

function recentRunOf(run: RunOverview, runId: RunId): RecentRun {
  const { head, state, counts, total, seconds, interrupted } = run;
  const { done, skipped, failed, cancelled, bytesIn, bytesOut } = counts;
  const startedAt = Date.parse(head.startedAt);
  const isOver = (state === 'ended' || state === 'cancelled') && interrupted !== quitReason;
  return {
    runId,
    kind: (head.request as { readonly kind: RecentRun['kind'] } | null)?.kind ?? 'thumbnails',
    title: head.title,
    startedAt,
    ...(isOver && { finishedAt: startedAt + seconds * 1_000 }),
    counters: {
      total: total ?? done + skipped + failed + cancelled,
      totalKnown: total !== undefined,
      ...{ done, skipped, failed, cancelled, inFlight: 0, bytesIn, bytesOut },
    },
  };
}
