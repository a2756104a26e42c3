import { IconCircleCheck, IconCircleX, IconInfoCircle } from '@tabler/icons-react';
import { LimitLine } from '../../components/LimitLine.tsx';
import { RunProgress } from '../../components/RunProgress.tsx';
import { bytes, count, duration, rate } from '../../lib/format.ts';
import { runStore } from '../../stores/run.ts';
import { endedOf, poolSizesUsed, type RunView } from '../../stores/run-view.ts';
import { useStore } from '../../stores/use-store.ts';
import { FailureGroups } from './FailureGroups.tsx';
import classes from './FinishedScreen.module.css';
import { ReportActions } from './ReportActions.tsx';

/** The outcome of a run: totals first, then the failures and what can be done about them. */
export function FinishedScreen() {
  const run = useStore(runStore, (state) => state.run);
  if (run === undefined) return null;
  const { counters } = run;
  const Icon = iconFor(run);
  const gain = gainOf(run);
  return (
    <section className={classes.report} aria-label="Report">
      <div className={classes.top}>
        <Icon size={28} stroke={1.5} className={classes.icon} data-kind={toneOf(run)} aria-hidden />
        <div className={classes.words}>
          <div className={classes.line}>
            <h2 className={`${classes.title} numbers`}>{headline(run)}</h2>
            {gain !== undefined && <p className={`${classes.gain} numbers`}>{gain}</p>}
          </div>
          <p className={classes.where}>
            <span className="selectable" title={run.destination}>
              {run.destination}
            </span>
          </p>
        </div>
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
      <dl className={`${classes.facts} numbers`}>
        <Fact name="Done" value={count(counters.done)} />
        <Fact name="Skipped" value={count(counters.skipped)} />
        <Fact name="Failed" value={count(counters.failed)} bad={counters.failed > 0} />
        {leftUndone(run) > 0 && <Fact name="Left undone" value={count(leftUndone(run))} />}
        <Fact name="Time" value={duration(run.elapsedMs)} />
        <Fact name="Rate" value={`${rate(averageRate(run))}/s`} />
        <Fact name="Read" value={bytes(counters.bytesIn)} />
        <Fact name="Written" value={bytes(counters.bytesOut)} />
        <Fact name="Pool" value={poolSizesUsed(run).slice(-3).join(' → ')} />
      </dl>
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
      {run.failures.length > 0 && <FailureGroups run={run} />}
    </section>
  );
}

function Fact({
  name,
  value,
  bad,
}: {
  readonly name: string;
  readonly value: string;
  readonly bad?: boolean;
}) {
  return (
    <div className={classes.fact} data-bad={bad === true}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** The number of items not reached, plus those that a cancel stopped. */
function leftUndone(run: RunView): number {
  const { total, cancelled } = run.counters;
  return cancelled + Math.max(0, total - endedOf(run));
}

type Tone = 'good' | 'bad' | 'neutral';

function toneOf(run: RunView): Tone {
  const { counters } = run;
  if (counters.failed > 0 || run.problem !== undefined) return 'bad';
  return run.wasCancelled || leftUndone(run) > 0 ? 'neutral' : 'good';
}

function iconFor(run: RunView) {
  return { good: IconCircleCheck, bad: IconCircleX, neutral: IconInfoCircle }[toneOf(run)];
}

/** Leaves out skipped items, because they take next to no time. */
function averageRate({ counters, elapsedMs }: RunView): number {
  return elapsedMs > 0 ? ((counters.done + counters.failed) * 1000) / elapsedMs : 0;
}

/** What the thumbnails take of what they were made of; of downloads, how much came. */
function gainOf({ kind, counters: { done, bytesIn, bytesOut } }: RunView): string | undefined {
  if (done === 0 || bytesOut === 0) return undefined;
  return kind === 'fetch' ? bytes(bytesOut) : `${bytes(bytesIn)} → ${bytes(bytesOut)}`;
}

function headline(run: RunView): string {
  const { counters } = run;
  const noun = run.kind === 'fetch' ? 'file' : 'thumbnail';
  const made = `${count(counters.done)} ${counters.done === 1 ? noun : `${noun}s`} ${run.kind === 'fetch' ? 'saved' : 'made'}`;
  if (run.problem !== undefined) return `Ended early: ${made}`;
  const left = leftUndone(run);
  if (left > 0) return `Cancelled: ${made}, ${count(left)} left undone`;
  if (run.wasCancelled) return `Cancelled: ${made}`;
  if (counters.failed > 0) return `${made}, ${count(counters.failed)} failed`;
  if (counters.done === 0 && counters.skipped > 0 && endedOf(run) === counters.skipped) {
    return 'Nothing to do: everything was up to date';
  }
  return made;
}
