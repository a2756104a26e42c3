import type { RunSnapshot } from '../../shared/ipc/run.ts';
import { visibleText } from '../../shared/visible-text.ts';

const number = new Intl.NumberFormat('en-US');

/** The text of the notification about a run that ended. */
export function noticeOf(
  { title, kind, counters, problem }: Pick<RunSnapshot, 'title' | 'kind' | 'counters' | 'problem'>,
  cancelled: boolean,
): { title: string; body: string } {
  const { done, skipped, failed } = counters;
  const thing = kind === 'thumbnails' ? 'thumbnail' : 'file';
  const parts = [
    `${number.format(done)} ${thing}${done === 1 ? '' : 's'}`,
    ...(skipped > 0 ? [`${number.format(skipped)} skipped`] : []),
    ...(failed > 0 ? [`${number.format(failed)} failed`] : []),
  ];
  const how = problem === undefined ? (cancelled ? 'was cancelled' : 'is done') : 'ended early';
  return { title: visibleText(`${title} ${how}`), body: parts.join(', ') };
}
