import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { Trans } from 'react-i18next';
import { t, words } from '../../../languages/translate.ts';
import { watchAgain } from '../../actions/watched-actions.ts';
import { useStore } from '../../stores/use-store.ts';
import { noteRemoved, watchedStore } from '../../stores/watched/watched-folders.ts';
import { WatchedCard } from './WatchedCard.tsx';
import classes from './WatchedCards.module.css';

/** The folders that are kept up to date. They stay in their order, as they are known by their place. */
export function WatchedCards() {
  const { folders, problem, removed } = useStore(watchedStore, (state) => state);
  // Who comes back to the start later finds no button with the focus, which Enter would press.
  useEffect(() => () => noteRemoved(undefined), []);
  if (folders.length === 0 && problem === undefined && removed === undefined) return null;
  return (
    <section aria-label={t('Watched folders')}>
      <h2 className={classes.heading}>{t('Watched folders')}</h2>
      {problem !== undefined && <p className={classes.problem}>{problem}</p>}
      {removed && (
        <div className={classes.removed} role="status">
          <span className={classes.words}>
            <Trans
              i18n={words}
              i18nKey="<name/> is not watched any more. What was made stays."
              components={{
                name: (
                  <strong>
                    <bdi>{removed.title}</bdi>
                  </strong>
                ),
              }}
            />
          </span>
          {/* What had the focus has gone with the card. */}
          <Button size="compact-sm" variant="subtle" autoFocus onClick={() => void watchAgain(removed.id)}>
            {t('Watch it again')}
          </Button>
        </div>
      )}
      <ul className={classes.cards} aria-label={t('Watched folders')}>
        {folders.map((folder) => (
          <WatchedCard key={folder.id} folder={folder} />
        ))}
      </ul>
    </section>
  );
}
