import { ActionIcon, CloseButton } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import { t } from '../../../languages/translate.ts';
import { selectFurther } from '../../actions/selecting.ts';
import { count } from '../../lib/format.ts';
import { runStore } from '../../stores/run.ts';
import { selectionStore, showLarge } from '../../stores/selection.ts';
import { useStore } from '../../stores/use-store.ts';
import { Compare } from './Compare.tsx';
import classes from './Lightbox.module.css';

/** The selected item in the whole window. Escape closes it, and the focus is where it was before. */
export function Lightbox() {
  const large = useStore(selectionStore, (state) => state.large);
  return large ? <LargePicture /> : null;
}

function LargePicture() {
  const dialog = useRef<HTMLDialogElement>(null);
  const position = useStore(selectionStore, (state) => state.position) ?? 0;
  const length = useStore(runStore, ({ rows }) => rows.length);
  const details = useStore(selectionStore, (state) => state.details);
  // Closed while it is still in the page: only then does the browser give the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.focus();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={classes.dialog}
      aria-label={details?.row.name ?? t('Picture')}
      tabIndex={-1}
      onClose={() => showLarge(false)}
      // Before the divider, which has the arrow keys for itself elsewhere.
      onKeyDownCapture={pressed}
    >
      <header className={classes.bar}>
        <ActionIcon variant="default" aria-label={t('Previous')} onClick={() => selectFurther(-1)}>
          <IconChevronLeft size={16} />
        </ActionIcon>
        <ActionIcon variant="default" aria-label={t('Next')} onClick={() => selectFurther(1)}>
          <IconChevronRight size={16} />
        </ActionIcon>
        <h2 className={classes.name}>{details?.row.name}</h2>
        <span className="numbers">
          {t('{{place}} of {{all}}', { place: count(position + 1), all: count(length) })}
        </span>
        <CloseButton aria-label={t('Close')} onClick={() => showLarge(false)} />
      </header>
      <div className={classes.picture}>
        {details && <Compare key={details.row.index} details={details} large />}
      </div>
    </dialog>
  );
}

function pressed(event: KeyboardEvent): void {
  if (event.key === 'ArrowRight') selectFurther(1);
  else if (event.key === 'ArrowLeft') selectFurther(-1);
  else if (event.key === ' ' && event.target === event.currentTarget) showLarge(false);
  // The window's own keys act on what lies below.
  else if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
}
