import { IconArrowDown } from '@tabler/icons-react';
import classes from './DropOverlay.module.css';

/** Says that the whole window takes what is being dragged. It lets the drag through to the window. */
export function DropOverlay() {
  return (
    <div className={classes.overlay} aria-hidden>
      <div className={classes.note}>
        <IconArrowDown size={20} stroke={1.75} />
        Drop folders, images or a list of URLs
      </div>
    </div>
  );
}
