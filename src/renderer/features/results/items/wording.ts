import { t } from '../../../../languages/translate.ts';
import type { Row } from '../../../../shared/ipc/run.ts';
import type { SkipReason } from '../../../../shared/result.ts';

/** A remark on an item beyond its name, as a sentence, or undefined if there is none. */
export function noteOf(row: Row): string | undefined {
  if (row.error !== undefined) {
    const { message, tries } = row.error;
    return tries === undefined || tries < 2
      ? message
      : `${message} ${t('Tried {{count, number}} times.', { count: tries })}`;
  }
  if (row.state !== 'skipped') return undefined;
  return row.reason === undefined ? t('Skipped') : reasons[row.reason]();
}

/** Whether there is a file that was made of an item. */
export function isMade(row: Row | undefined): boolean {
  if (row?.state === 'skipped') return row.reason === undefined || row.reason === 'unchanged';
  return row?.state === 'done';
}

const reasons: Readonly<Record<SkipReason, () => string>> = {
  unchanged: () => t('Already there and unchanged'),
  'dry-run': () => t('Only planned'),
  robots: () => t('The site’s robots.txt asks not to fetch it'),
  'not-smaller': () => t('It would not be smaller than the original'),
  noai: () => t('The site asks not to use it for training AI'),
};
