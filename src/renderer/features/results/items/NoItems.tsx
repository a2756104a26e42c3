import { t } from '../../../../languages/translate.ts';
import type { RowCache, RowFilter } from '../../../stores/row-cache.ts';
import classes from './NoItems.module.css';

const sentences: Readonly<Record<RowFilter, () => string>> = {
  all: () => t('Items appear here as they end.'),
  done: () => t('Nothing is done yet.'),
  skipped: () => t('Nothing was skipped.'),
  failed: () => t('Nothing has failed.'),
  cancelled: () => t('Nothing was cancelled.'),
};

export function NoItems({ rows: { filter, narrowing } }: { readonly rows: RowCache }) {
  const searched = narrowing !== undefined && narrowing.search !== '';
  return (
    <p className={classes.note}>
      {searched
        ? t('No item here has “{{search}}” in its name or host.', { search: narrowing.search })
        : sentences[filter]()}
    </p>
  );
}
