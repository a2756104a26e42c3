import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { Trans } from 'react-i18next';
import { t, words } from '../../../languages/translate.ts';
import { borrowedStore, giveBack, keepBorrowed } from '../../stores/borrowed.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './BorrowedSettings.module.css';

/** Says whose settings are on screen where they are not the person's own, and gives those back. */
export function BorrowedSettings() {
  const borrowed = useStore(borrowedStore, (state) => state.borrowed);
  if (borrowed === undefined) return null;
  const { title, needs } = borrowed.from;
  return (
    <section className={classes.bar} aria-label={t('Settings of a former run')}>
      <IconHistory size={16} stroke={1.6} aria-hidden className={classes.icon} />
      <p className={classes.words}>
        <Trans
          i18n={words}
          i18nKey="These are the settings of <name/>."
          components={{ name: <strong>{title}</strong> }}
        />
        {needs.length > 0 && ` ${t('Not kept, give it again: {{needs}}.', { needs: needs.join(', ') })}`}
      </p>
      <Button variant="subtle" onClick={giveBack}>
        {t('Back to mine')}
      </Button>
      <Button variant="subtle" color="gray" onClick={keepBorrowed}>
        {t('Keep these')}
      </Button>
    </section>
  );
}
