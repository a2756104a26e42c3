import { UnstyledButton } from '@mantine/core';
import { useId, useState } from 'react';
import type { Preview } from '../../../../shared/ipc/job.ts';
import { count } from '../../../lib/format.ts';
import classes from './Contents.module.css';

/** What is in the inputs: images by format, what cannot be read, what is there already, what is listed twice. */
export function ContentsChips({ preview }: { readonly preview: Preview }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const { contents, skipped, partial } = preview;
  const { formats, unread, unreadNames, twice } = contents;
  const unreadable = unread.reduce((sum, format) => sum + format.count, 0);
  if (formats.length === 0 && unreadable === 0 && twice === 0) return null;
  return (
    <section className={classes.contents} aria-label="What is in it">
      <div className={`${classes.chips} numbers`}>
        {formats.map(({ name, count: images }) => (
          <span key={name} className={classes.chip} data-kind="format">
            {name} {count(images)}
          </span>
        ))}
        {unreadable > 0 && (
          <UnstyledButton
            className={classes.chip ?? ''}
            data-kind="unread"
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
          >
            {count(unreadable)} cannot be read:{' '}
            {unread.map(({ name, count: images }) => `${name} ${count(images)}`).join(', ')}
          </UnstyledButton>
        )}
        {skipped > 0 && <span className={classes.chip}>{count(skipped)} up to date</span>}
        {twice > 0 && <span className={classes.chip}>{count(twice)} listed twice</span>}
        {partial && <span className={classes.note}>so far</span>}
      </div>
      <p id={id} hidden={!open} className={`${classes.names} selectable`}>
        {unreadNames.join(', ')}
        {unreadable > unreadNames.length && `, and ${count(unreadable - unreadNames.length)} more`}
      </p>
    </section>
  );
}
