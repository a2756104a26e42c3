import { UnstyledButton } from '@mantine/core';
import { useId, useState } from 'react';
import { t, told } from '../../../../languages/translate.ts';
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
  const furtherUnread = Math.max(0, unreadable - unreadNames.length);
  if (formats.length === 0 && unreadable === 0 && twice === 0) return null;
  return (
    <section className={classes.contents} aria-label={t('What is in it')}>
      <div className={`${classes.chips} numbers`}>
        {formats.map(({ name, count: images }) => (
          <span key={name} className={classes.chip} data-kind="format">
            {told(name)} {count(images)}
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
            {t('{{count, number}} cannot be read: {{formats}}', {
              count: unreadable,
              formats: unread.map(({ name, count: images }) => `${told(name)} ${count(images)}`).join(', '),
            })}
          </UnstyledButton>
        )}
        {skipped > 0 && (
          <span className={classes.chip}>{t('{{count, number}} up to date', { count: skipped })}</span>
        )}
        {twice > 0 && (
          <span className={classes.chip}>{t('{{count, number}} listed twice', { count: twice })}</span>
        )}
        {partial && <span className={classes.note}>{t('so far')}</span>}
      </div>
      <p id={id} hidden={!open} className={`${classes.names} selectable`}>
        {furtherUnread === 0
          ? unreadNames.join(', ')
          : t('{{names}}, and {{count, number}} more', {
              names: unreadNames.join(', '),
              count: furtherUnread,
            })}
      </p>
    </section>
  );
}
