import { IconArrowDown } from '@tabler/icons-react';
import { t } from '../../languages/translate.ts';
import classes from './DropOverlay.module.css';

/** Shows, during a drag, that the whole window accepts a drop. The drag's events pass through it to the window. */
export function DropOverlay() {
  return (
    <div className={classes.overlay} aria-hidden>
      <div className={classes.note}>
        <IconArrowDown size={20} stroke={1.75} />
        {t('Drop folders, images or a list of URLs')}
      </div>
    </div>
  );
}
