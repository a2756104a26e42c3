import { CloseButton, VisuallyHidden } from '@mantine/core';
import { t } from '../../../languages/translate.ts';
import { dragItems } from '../../actions/items-out.ts';
import { count } from '../../lib/format.ts';
import { stateWords } from '../../lib/row-words.ts';
import { runStore } from '../../stores/run.ts';
import { selectionStore, unselect } from '../../stores/selection.ts';
import { useStore } from '../../stores/use-store.ts';
import { Compare } from './Compare.tsx';
import { Facts } from './Facts.tsx';
import classes from './Inspector.module.css';
import { ItemActions } from './ItemActions.tsx';

/** The selected item: its picture beside the original, what is known of it, and what can be done with its file. */
export function Inspector() {
  const position = useStore(selectionStore, (state) => state.position);
  const length = useStore(runStore, ({ rows }) => rows.length);
  const details = useStore(selectionStore, (state) => state.details);
  // What a function of the person's own makes is a value.
  const hasPictures = useStore(runStore, ({ run }) => run?.kind !== 'map');
  if (position === undefined || details === undefined) return null;
  const { row, file, withoutOriginal, withoutResult } = details;
  return (
    <section className={classes.inspector} aria-label={t('Inspector')}>
      {hasPictures && (
        <Compare
          key={row.index}
          details={details}
          onDragOut={file === undefined || file === 'original' ? undefined : () => void dragItems(position)}
        />
      )}
      <header className={classes.header}>
        <h2 className={`${classes.name} selectable`}>{row.name}</h2>
        <CloseButton aria-label={t('Close the inspector')} onClick={unselect} />
      </header>
      {/* The focus is on the whole list: a screen reader is told which item it is at. */}
      <VisuallyHidden role="status">
        {row.name}, {stateWords(row.state)},{' '}
        {t('{{place}} of {{all}}', { place: count(position + 1), all: count(length) })}
      </VisuallyHidden>
      {withoutResult !== undefined && <p className={classes.note}>{withoutResult}</p>}
      {withoutOriginal !== undefined && <p className={classes.note}>{withoutOriginal}</p>}
      <Facts details={details} />
      <ItemActions key={`actions ${row.index}`} details={details} />
      {hasPictures && <p className={classes.note}>{t('Space: large · arrow keys: next')}</p>}
    </section>
  );
}
