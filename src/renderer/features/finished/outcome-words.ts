import { t } from '../../../languages/translate.ts';
import { bytes } from '../../lib/format.ts';
import { endedOf, type RunView } from '../../stores/run-view.ts';

/** What a run came to, in the parts of one line: what was made, what that gained, and what is missing. */
export interface Outcome {
  readonly made: string;
  readonly gain?: string;
  readonly removed?: string;
  readonly failed?: string;
  readonly left?: string;
  readonly tone: 'good' | 'mixed' | 'bad' | 'neutral';
}

type Run = Pick<RunView, 'kind' | 'counters' | 'removed' | 'problem' | 'wasCancelled' | 'handedOut'>;

export function outcomeOf(run: Run): Outcome {
  const { done, skipped, failed } = run.counters;
  const left = leftUndone(run);
  const tone = toneOf(run);
  const removed = removedBy(run);
  if (tone === 'good' && done === 0 && removed !== undefined) return { made: removed, tone };
  if (tone === 'good' && done === 0 && skipped > 0) {
    return { made: t('Nothing to do: everything was up to date'), tone };
  }
  const gain = gainOf(run);
  return {
    made: madeOf(run),
    ...(gain !== undefined && { gain }),
    ...(removed !== undefined && { removed }),
    ...(failed > 0 && { failed: failedOf(run) }),
    ...(left > 0 &&
      !(run.handedOut && run.wasCancelled) && { left: t('{{count, number}} left undone', { count: left }) }),
    tone,
  };
}

/** The number of items not reached, plus those that a cancel stopped. */
function leftUndone(run: Pick<RunView, 'counters'>): number {
  const { total, cancelled } = run.counters;
  return cancelled + Math.max(0, total - endedOf(run));
}

function madeOf(run: Run): string {
  const { done } = run.counters;
  const made =
    run.kind === 'map'
      ? t('{{count, number}} items', { count: done })
      : run.kind === 'fetch'
        ? t('{{count, number}} files', { count: done })
        : t('{{count, number}} thumbnails', { count: done });
  if (run.problem !== undefined) return t('Ended early: {{made}}', { made });
  // Its workers go on.
  if (run.handedOut && run.wasCancelled) return t('Not followed any more: {{made}} by then', { made });
  return run.wasCancelled || leftUndone(run) > 0 ? t('Cancelled: {{made}}', { made }) : made;
}

function failedOf({ kind, counters: { failed } }: Run): string {
  if (kind === 'map') return t('{{count, number}} failed', { count: failed });
  return t(
    kind === 'fetch' ? '{{count, number}} could not be fetched' : '{{count, number}} could not be made',
    { count: failed },
  );
}

function removedBy({ removed = 0 }: Run): string | undefined {
  if (removed === 0) return undefined;
  return t('{{count, number}} thumbnails of deleted originals removed', { count: removed });
}

/** A few failures among many do not make a run a bad one. */
function toneOf(run: Run): Outcome['tone'] {
  const { done, skipped, failed } = run.counters;
  if (run.problem !== undefined || failed > done + skipped) return 'bad';
  if (failed > 0) return 'mixed';
  return run.wasCancelled || leftUndone(run) > 0 ? 'neutral' : 'good';
}

/** What the thumbnails take of what they were made of; of downloads, how much came. */
function gainOf({ kind, counters: { done, bytesIn, bytesOut } }: Run): string | undefined {
  if (done === 0 || bytesOut === 0) return undefined;
  return kind === 'fetch' ? bytes(bytesOut) : `${bytes(bytesIn)} → ${bytes(bytesOut)}`;
}
