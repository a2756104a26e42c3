import { Button } from '@mantine/core';
import { t } from '../../../languages/translate.ts';
import { openFolder } from '../../actions/shortcuts.ts';
import { showDialog } from '../../stores/screen.ts';
import classes from './ItemsWanted.module.css';

/** A task was chosen: what it is applied to comes next. */
export function ItemsWanted() {
  return (
    <section aria-label={t('Preview')}>
      <h2 className={classes.title}>{t('Now give the items')}</h2>
      <p className={classes.hint}>
        {t('Paste or drop a list: each line is an item. Of a folder each file is one, by its path.')}
      </p>
      <div className={classes.actions}>
        <Button size="sm" onClick={() => showDialog('paste')}>
          {t('Paste list…')}
        </Button>
        <Button size="sm" variant="default" onClick={() => void openFolder()}>
          {t('Open folder…')}
        </Button>
      </div>
    </section>
  );
}
