import { t } from '../../../languages/translate.ts';
import type { StageMs } from '../../../shared/stages.ts';
import { duration } from '../../lib/format.ts';
import { type Part, partsOf, partWords } from '../../lib/stage-parts.ts';
import classes from './StageBar.module.css';

interface StageBarProps {
  readonly name: string;
  readonly stages: StageMs;
  /** What the whole width stands for, in milliseconds: the same for all bars, so that they can be compared. */
  readonly scaleMs: number;
}

/** Where the time of an item went, part by part. */
export function StageBar({ name, stages, scaleMs }: StageBarProps) {
  const parts = partsOf(stages);
  const words = parts.map(({ part, ms }) => `${partWords(part)} ${duration(ms)}`).join(', ');
  return (
    <div className={classes.bar} role="img" aria-label={`${name}: ${words}`} title={`${name}: ${words}`}>
      {parts.map(({ part, ms }) => (
        <i key={part} data-part={part} style={{ width: `${(ms / scaleMs) * 100}%` }} />
      ))}
    </div>
  );
}

/** What the colours mean. */
export function StageLegend({ parts }: { readonly parts: readonly Part[] }) {
  if (parts.length === 0) return null;
  return (
    <ul className={classes.legend} aria-label={t('Colours of the parts')}>
      {parts.map((part) => (
        <li key={part}>
          <i data-part={part} aria-hidden />
          {partWords(part)}
        </li>
      ))}
    </ul>
  );
}
