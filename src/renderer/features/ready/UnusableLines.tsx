import { IconAlertTriangle } from '@tabler/icons-react';
import { t } from '../../../languages/translate.ts';
import type { Preview } from '../../../shared/ipc/job.ts';
import type { JobKind } from '../../stores/inputs.ts';
import classes from './UnusableLines.module.css';

/** The lines or files that cannot be used: their number, and the reasons for the first few. */
export function UnusableLines({ preview, kind }: { readonly preview: Preview; readonly kind: JobKind }) {
  const { unusable, unusableExamples } = preview;
  return (
    <section className={classes.box} aria-label={t('What cannot be used')}>
      <h3 className={classes.heading}>
        <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
        {kind !== 'thumbnails'
          ? t('{{count, number}} lines cannot be used and will be reported as failed', { count: unusable })
          : t('{{count, number}} files cannot be used and will be reported as failed', { count: unusable })}
      </h3>
      <ul className={classes.list}>
        {unusableExamples.map(({ subject, message }, at) => (
          // Two entries may have the same text: only their position tells them apart.
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is never reordered
          <li key={at} className={classes.row}>
            <code className={`${classes.subject} selectable`} title={subject}>
              {subject}
            </code>
            <span className={classes.message}>{message}</span>
          </li>
        ))}
      </ul>
      {unusable > unusableExamples.length && (
        <p className={classes.more}>
          {t('and {{count, number}} more', { count: unusable - unusableExamples.length })}
        </p>
      )}
    </section>
  );
}
