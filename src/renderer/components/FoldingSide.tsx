import { UnstyledButton } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { t } from '../../languages/translate.ts';
import classes from './FoldingSide.module.css';

interface FoldingSideProps {
  readonly label: string;
  /** Whether it lies below the screen in a narrow window, unfolded, because what is in it belongs to what is chosen there. */
  readonly isSheet: boolean;
  readonly children: ReactNode;
}

/** The panel at the side of the screen. In a narrow window it is folded to its edge, and lies over the screen when unfolded. */
export function FoldingSide({ label, isSheet, children }: FoldingSideProps) {
  const [open, setOpen] = useState(false);
  const Icon = open ? IconChevronRight : IconChevronLeft;
  const words = open ? t('Fold the settings') : t('Show the settings');
  return (
    <div className={classes.frame} data-open={open} data-sheet={isSheet}>
      <UnstyledButton
        className={classes.edge ?? ''}
        aria-expanded={open}
        aria-label={words}
        title={words}
        onClick={() => setOpen(!open)}
      >
        <Icon size={16} aria-hidden />
      </UnstyledButton>
      <aside className={classes.side} aria-label={label}>
        {children}
      </aside>
    </div>
  );
}
