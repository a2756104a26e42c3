import type { RowCache, RowFilter } from '../../../stores/row-cache.ts';
import classes from './NoItems.module.css';

const sentences: Readonly<Record<RowFilter, string>> = {
  all: 'Items appear here as they end.',
  done: 'Nothing is done yet.',
  skipped: 'Nothing was skipped.',
  failed: 'Nothing has failed.',
  cancelled: 'Nothing was cancelled.',
};

export function NoItems({ rows: { filter, narrowing } }: { readonly rows: RowCache }) {
  const searched = narrowing !== undefined && narrowing.search !== '';
  return (
    <p className={classes.note}>
      {searched ? `No item here has “${narrowing.search}” in its name or host.` : sentences[filter]}
    </p>
  );
}
