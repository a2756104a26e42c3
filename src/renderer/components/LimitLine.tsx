import { t } from '../../languages/translate.ts';
import { limitSentence } from '../../shared/limits/limit-sentence.ts';
import { runStore } from '../stores/run.ts';
import { useStore } from '../stores/use-store.ts';
import classes from './LimitLine.module.css';

/** What limits the run, or limited it, and what would help. */
export function LimitLine() {
  const limit = useStore(runStore, ({ run }) => run?.limit);
  if (limit === undefined) return null;
  return <p className={`${classes.limit} selectable numbers`}>{limitSentence(limit, 'window', t)}</p>;
}
