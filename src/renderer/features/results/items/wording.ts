import { t } from '../../../../languages/translate.ts';
import type { Row } from '../../../../shared/ipc/run.ts';

/** A remark on an item beyond its name, as a sentence, or undefined if there is none. */
export function noteOf(row: Row): string | undefined {
  if (row.error !== undefined) {
    const { message, tries } = row.error;
    return tries === undefined || tries < 2
      ? message
      : `${message} ${t('Tried {{count, number}} times.', { count: tries })}`;
  }
  if (row.state === 'skipped')
    return row.reason === undefined ? t('Skipped') : (reasons[row.reason]?.() ?? row.reason);
  return row.reason;
}

/** Whether there is a file that was made of an item. */
export function isMade(row: Row | undefined): boolean {
  return row?.state === 'done' || row?.state === 'skipped';
}

const reasons: Readonly<Record<string, () => string>> = {
  unchanged: () => t('Already there and unchanged'),
  'dry-run': () => t('Only planned'),
};
