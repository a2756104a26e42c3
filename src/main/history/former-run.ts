import { isOfFunction, type JournalHead, type RunOverview } from '../../engine/run/front-ends/index.ts';
import { t } from '../../languages/translate.ts';
import { type FormerRun, journalIdSchema } from '../../shared/ipc/history.ts';
import type { RunId } from '../../shared/ipc/run.ts';
import { settingsLine } from '../../shared/told/settings-line.ts';
import { pastedTitles, titleInWords } from '../inputs/kept-words.ts';
import { hostsInWords } from './hosts-of-run.ts';
import { queueDetailsOf } from './job-of-head.ts';

/** Why a run ends when the app does. Such a run did not finish: its rest is offered at the next start. */
export const quitReason = 'The app was quit.';

/** A run as its journal tells of it. */
export function formerRunOf(run: RunOverview, runId?: RunId): FormerRun {
  const { head, counts, total, seconds, undone } = run;
  const { done, skipped, failed, cancelled, bytesIn, bytesOut } = counts;
  const queue = queueDetailsOf(head);
  return {
    id: journalIdSchema.parse(head.id),
    ...(runId && { runId }),
    front: head.front === 'window' || head.front === 'library' ? head.front : 'terminal',
    kind: kindOf(head),
    title: titleOf(run),
    settings: settingsLine(head.request, t),
    startedAt: Date.parse(head.startedAt),
    seconds,
    standing: standingOf(run),
    counters: {
      total: total ?? done + skipped + failed + cancelled,
      totalKnown: total !== undefined,
      ...{ done, skipped, failed, cancelled, inFlight: 0, bytesIn, bytesOut },
    },
    ...(queue && { handedOut: { run: queue.run, place: queue.place } }),
    ...(undone && { undone: undone.removed }),
  };
}

function kindOf(head: JournalHead): FormerRun['kind'] {
  if (isOfFunction(head)) return 'map';
  const { kind } = (head.request ?? {}) as { readonly kind?: unknown };
  return kind === 'fetch' ? kind : 'thumbnails';
}

/** A pasted list has no name of its own: the hosts tell one from another. */
function titleOf(run: RunOverview): string {
  const { title } = run.head;
  return pastedTitles.has(title) ? (hostsInWords(run) ?? titleInWords(title)) : titleInWords(title);
}

function standingOf({ state, interrupted, head }: RunOverview): FormerRun['standing'] {
  if (state === 'running') return 'running';
  // Its rest is done by others: nobody is offered to do it here.
  if (queueDetailsOf(head)) return state === 'ended' ? 'ended' : 'left';
  if (state === 'died' || interrupted === quitReason) return 'unfinished';
  return state === 'cancelled' ? 'cancelled' : 'ended';
}
