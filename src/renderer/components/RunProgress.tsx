import { t } from '../../languages/translate.ts';
import classes from './RunProgress.module.css';

interface RunProgressProps {
  readonly done: number;
  readonly skipped: number;
  readonly failed: number;
  readonly total: number;
  /** While the total is not known, the bar only shows that the run is going on. */
  readonly totalKnown: boolean;
  readonly quiet: boolean;
}

/** A bar divided by the status of the items so far (done, skipped, failed) and what is left. */
export function RunProgress({ done, skipped, failed, total, totalKnown, quiet }: RunProgressProps) {
  const ended = done + skipped + failed;
  const share = (value: number) => `${total > 0 ? (value / total) * 100 : 0}%`;
  return (
    <div
      className={classes.track}
      data-quiet={quiet}
      data-unknown={!totalKnown}
      role="progressbar"
      aria-label={t('Progress')}
      aria-valuemin={0}
      aria-valuemax={Math.max(total, 1)}
      {...(totalKnown && { 'aria-valuenow': ended })}
    >
      <div className={classes.done} style={{ width: share(done) }} />
      <div className={classes.skipped} style={{ width: share(skipped) }} />
      <div className={classes.failed} style={{ width: share(failed) }} />
    </div>
  );
}
