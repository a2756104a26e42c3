import { CloseButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../../languages/translate.ts';
import classes from './NoteBar.module.css';

interface NoteBarProps {
  readonly name: string;
  readonly icon: ReactNode;
  readonly words: string;
  /** What can be done about it. */
  readonly children?: ReactNode;
  readonly onDismiss: () => void;
}

/** A quiet line below the toolbar, of the app itself and not of what is done with it. */
export function NoteBar({ name, icon, words, children, onDismiss }: NoteBarProps) {
  return (
    <section className={classes.bar} aria-label={name}>
      {icon}
      <p className={classes.words} role="status">
        {words}
      </p>
      {children}
      <CloseButton size="sm" aria-label={t('Dismiss')} onClick={onDismiss} />
    </section>
  );
}
