import { t } from '../../languages/translate.ts';
import type { RowState } from '../../shared/ipc/run.ts';

/** How an item stands, in a word. */
export function stateWords(state: RowState): string {
  switch (state) {
    case 'working':
      return t('working');
    case 'done':
      return t('done');
    case 'skipped':
      return t('skipped');
    case 'failed':
      return t('failed');
    case 'cancelled':
      return t('cancelled');
  }
}
