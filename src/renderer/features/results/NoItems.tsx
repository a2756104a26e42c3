import type { RowFilter } from '../../stores/row-cache.ts';
import classes from './NoItems.module.css';

const sentences: Readonly<Record<RowFilter, string>> = {
  all: 'Items appear here as they end.',
  done: 'Nothing is done yet.',
  skipped: 'Nothing was skipped.',
  failed: 'Nothing has failed.',
  cancelled: 'Nothing was cancelled.',
};

export function NoItems({ filter }: { readonly filter: RowFilter }) {
  return <p className={classes.note}>{sentences[filter]}</p>;
}
