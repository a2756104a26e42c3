import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { borrowedStore, giveBack, keepBorrowed } from '../../stores/borrowed.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './BorrowedSettings.module.css';

/** Says whose settings are on screen where they are not the person's own, and gives those back. */
export function BorrowedSettings() {
  const borrowed = useStore(borrowedStore, (state) => state.borrowed);
  if (borrowed === undefined) return null;
  const { title, needs } = borrowed.from;
  return (
    <section className={classes.bar} aria-label="Settings of a former run">
      <IconHistory size={16} stroke={1.6} aria-hidden className={classes.icon} />
      <p className={classes.words}>
        These are the settings of <strong>{title}</strong>.
        {needs.length > 0 && ` Not kept, give it again: ${needs.join(', ')}.`}
      </p>
      <Button variant="subtle" onClick={giveBack}>
        Back to mine
      </Button>
      <Button variant="subtle" color="gray" onClick={keepBorrowed}>
        Keep these
      </Button>
    </section>
  );
}
