import { IconAlertTriangle } from '@tabler/icons-react';
import type { Preview } from '../../../shared/ipc/job.ts';
import { count, counted } from '../../lib/format.ts';
import type { JobKind } from '../../stores/inputs.ts';
import classes from './UnusableLines.module.css';

/** The lines or files that cannot be used: their number, and the reasons for the first few. */
export function UnusableLines({ preview, kind }: { readonly preview: Preview; readonly kind: JobKind }) {
  const { unusable, unusableExamples } = preview;
  const noun = kind === 'fetch' ? 'line' : 'file';
  return (
    <section className={classes.box} aria-label="What cannot be used">
      <h3 className={classes.heading}>
        <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
        {counted(unusable, noun)} cannot be used and will be reported as failed
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
        <p className={classes.more}>and {count(unusable - unusableExamples.length)} more</p>
      )}
    </section>
  );
}
