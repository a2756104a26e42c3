import { t } from '../../languages/translate.ts';
import type { Summary } from '../../shared/result.ts';

/** Why a run that was to stop after some failures has left items undone; undefined of any other. */
export function haltedWords({ halted }: Pick<Summary, 'halted'> = {}): string | undefined {
  return halted === undefined
    ? undefined
    : t('It was halted, as asked, once {{count, number}} items had failed.', { count: halted });
}
