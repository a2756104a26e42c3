import { Button, Kbd } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { Trans } from 'react-i18next';
import { t, words } from '../../../languages/translate.ts';
import { commandKey, openFolder, openModule } from '../../actions/shortcuts.ts';
import { loadRecent } from '../../stores/recent.ts';
import { showDialog } from '../../stores/screen.ts';
import classes from './EmptyScreen.module.css';

/** The start: where something is given, and below it what was done before. */
export function EmptyScreen({ children }: { readonly children: ReactNode }) {
  useEffect(() => void loadRecent(), []);
  return (
    <div className={classes.screen}>
      <section className={classes.zone} aria-label={t('Drop zone')}>
        <div className={classes.words}>
          <h2 className={classes.title}>{t('Drop a folder of images, or paste a list of URLs')}</h2>
          <p className={classes.hint}>
            {t(
              'Folders become thumbnails, URLs become files. Nothing is written before you have seen what will happen, and your originals are never changed.',
            )}
          </p>
          <p className={classes.keys}>
            <Trans
              i18n={words}
              i18nKey="<kbd>{{command}}</kbd> <kbd>O</kbd> opens a folder, <kbd>{{command}}</kbd> <kbd>V</kbd> pastes anywhere"
              values={{ command: commandKey() }}
              components={{ kbd: <Kbd /> }}
            />
          </p>
        </div>
        <div className={classes.actions}>
          <Button size="sm" onClick={() => void openFolder()}>
            {t('Open folder…')}
          </Button>
          <Button size="sm" variant="default" onClick={() => showDialog('paste')}>
            {t('Paste list…')}
          </Button>
          <Button size="sm" variant="subtle" onClick={() => void openModule()}>
            {t('Your own task…')}
          </Button>
        </div>
      </section>
      {children}
    </div>
  );
}
