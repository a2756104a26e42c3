import { t } from '../../languages/translate.ts';
import type { RunSnapshot } from '../../shared/ipc/run.ts';
import { visibleText } from '../../shared/visible-text.ts';
import { titleInWords } from '../inputs/kept-words.ts';

/** The text of the notification about a run that ended. */
export function noticeOf(
  { title, kind, counters, problem }: Pick<RunSnapshot, 'title' | 'kind' | 'counters' | 'problem'>,
  cancelled: boolean,
): { title: string; body: string } {
  const { done, skipped, failed } = counters;
  const parts = [
    kind === 'thumbnails'
      ? t('{{count, number}} thumbnails', { count: done })
      : kind === 'map'
        ? t('{{count, number}} items', { count: done })
        : t('{{count, number}} files', { count: done }),
    ...(skipped > 0 ? [t('{{count, number}} skipped', { count: skipped })] : []),
    ...(failed > 0 ? [t('{{count, number}} failed', { count: failed })] : []),
  ];
  return { title: visibleText(endWords(titleInWords(title), problem, cancelled)), body: parts.join(', ') };
}

function endWords(title: string, problem: string | undefined, cancelled: boolean): string {
  if (problem !== undefined) return t('{{title}} ended early', { title });
  return cancelled ? t('{{title}} was cancelled', { title }) : t('{{title}} is done', { title });
}
