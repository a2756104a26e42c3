import { IconAlertCircle, IconCircleCheck, IconCircleX, IconInfoCircle } from '@tabler/icons-react';
import { t } from '../../../languages/translate.ts';
import { LimitLine } from '../../components/LimitLine.tsx';
import { RunProgress } from '../../components/RunProgress.tsx';
import { count, duration, rate } from '../../lib/format.ts';
import { runStore } from '../../stores/run.ts';
import { poolSizesUsed, type RunView } from '../../stores/run-view.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './FinishedScreen.module.css';
import { KeepFolderOfRun } from './KeepFolderOfRun.tsx';
import { outcomeOf } from './outcome-words.ts';
import { ReportActions } from './ReportActions.tsx';

/** The outcome of a run: what was gained, where it is, and how long that took. What failed is told over the items. */
export function FinishedScreen() {
  const run = useStore(runStore, (state) => state.run);
  if (run === undefined) return null;
  const { counters } = run;
  const { made, gain, removed, failed, left, tone } = outcomeOf(run);
  const Icon = icons[tone];
  return (
    <section className={classes.report} aria-label={t('Report')}>
      <div className={classes.top}>
        <Icon size={28} stroke={1.5} className={classes.icon} data-tone={tone} aria-hidden />
        <h2 className={`${classes.title} numbers`}>
          {made}
          {gain !== undefined && (
            <>
              , <span className={classes.gain}>{gain}</span>
            </>
          )}
          {removed !== undefined && `, ${removed}`}
          {failed !== undefined && (
            <>
              , <span className={classes.failed}>{failed}</span>
            </>
          )}
          {left !== undefined && `, ${left}`}
        </h2>
        <p className={classes.where}>
          <bdi className="selectable" title={run.destination}>
            {run.destination === '' ? run.title : run.destination}
          </bdi>
        </p>
        <ReportActions run={run} />
      </div>
      <RunProgress
        done={counters.done}
        skipped={counters.skipped}
        failed={counters.failed}
        total={counters.total}
        totalKnown
        quiet={false}
      />
      <div className={classes.below}>
        <dl className={`${classes.facts} numbers`}>
          {counters.skipped > 0 && <Fact name={t('Skipped')} value={count(counters.skipped)} />}
          {run.handedOut ? (
            <Fact name={t('Followed for')} value={duration(run.elapsedMs)} />
          ) : (
            <>
              <Fact name={t('Time')} value={duration(run.elapsedMs)} />
              <Fact name={t('Rate')} value={`${rate(averageRate(run))}/s`} />
              <Fact name={t('Pool')} value={poolSizesUsed(run).slice(-3).join(' → ')} />
            </>
          )}
        </dl>
        {!run.handedOut && <KeepFolderOfRun runId={run.runId} />}
      </div>
      <LimitLine />
      {run.problem !== undefined && (
        <p className={`${classes.problem} selectable`} role="alert">
          {run.problem}
        </p>
      )}
      {(run.warnings ?? []).map((warning) => (
        <p key={warning} className={`${classes.warning} selectable`}>
          {warning}
        </p>
      ))}
    </section>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

const icons = {
  good: IconCircleCheck,
  mixed: IconAlertCircle,
  bad: IconCircleX,
  neutral: IconInfoCircle,
} as const;

/** Leaves out skipped items, because they take next to no time. */
function averageRate({ counters, elapsedMs }: RunView): number {
  return elapsedMs > 0 ? ((counters.done + counters.failed) * 1000) / elapsedMs : 0;
}
