import { RunProgress } from '../../components/RunProgress.tsx';
import { bytes, count, duration, rate, timeLeft } from '../../lib/format.ts';
import { runStore } from '../../stores/run.ts';
import type { RunView } from '../../stores/run-view.ts';
import { endedOf } from '../../stores/run-view.ts';
import { useStore } from '../../stores/use-store.ts';
import { RunControls } from './RunControls.tsx';
import classes from './WorkingHeader.module.css';

/** A run's progress, rate and time left, with the buttons that pause and cancel it. */
export function WorkingHeader() {
  const run = useStore(runStore, (state) => state.run);
  if (run === undefined) return <Starting />;
  const { counters, perSecond, bytesPerSecond } = run;
  return (
    <section className={classes.header} aria-label="Progress of the run">
      <div className={classes.top}>
        <h2 className={`${classes.count} numbers`}>
          <strong>{count(endedOf(run))}</strong>
          <span className={classes.total}>
            {' '}
            of {counters.totalKnown ? '' : 'at least '}
            {count(counters.total)} {run.kind === 'fetch' ? 'files' : 'images'}
          </span>
        </h2>
        <p className={`${classes.left} numbers`}>
          <span>{statusOf(run)}</span>
          {isBySlowest(run) && <span title={run.slowestHost}> (slowest host)</span>}
        </p>
        <RunControls state={run.state} />
      </div>
      <RunProgress
        done={counters.done}
        skipped={counters.skipped}
        failed={counters.failed}
        total={counters.total}
        totalKnown={counters.totalKnown}
        quiet={run.state !== 'running'}
      />
      <ul className={`${classes.facts} numbers`} aria-label="Figures">
        <li>{rate(run.state === 'paused' ? 0 : perSecond)} items/s</li>
        <li>{bytes(run.state === 'paused' ? 0 : bytesPerSecond)}/s</li>
        <li>{duration(Math.floor(run.elapsedMs / 1000) * 1000)}</li>
        <li>{counters.inFlight} in flight</li>
        {counters.skipped > 0 && <li>{count(counters.skipped)} skipped</li>}
        <li className={counters.failed > 0 ? classes.failed : undefined}>{count(counters.failed)} failed</li>
      </ul>
    </section>
  );
}

/** Shown from the click until the run has started: walking a large folder takes a moment. */
function Starting() {
  return (
    <section className={classes.header} aria-label="Progress of the run">
      <div className={classes.top}>
        <h2 className={classes.count}>
          <strong>Starting…</strong>
        </h2>
      </div>
      <RunProgress done={0} skipped={0} failed={0} total={0} totalKnown={false} quiet={false} />
    </section>
  );
}

function statusOf(run: RunView): string {
  switch (run.state) {
    case 'scanning':
      return 'Looking for more…';
    case 'paused':
      return run.counters.inFlight > 0 ? 'Pausing…' : 'Paused';
    case 'cancelling':
      return `Cancelling: ${run.counters.inFlight} still to finish`;
    case 'finished':
      return 'Finished';
    case 'running':
      return restOf(run);
  }
}

/** With several hosts, the one that takes longest may decide how long the run does. */
function isBySlowest({ state, slowestHost, hosts, secondsLeft }: RunView): boolean {
  const several = (hosts?.hosts.length ?? 0) > 1;
  return state === 'running' && slowestHost !== undefined && secondsLeft !== undefined && several;
}

/** Below this many seconds the last items decide: how long one of them takes, no rate can tell. */
const soon = 5;

function restOf(run: RunView): string {
  const { total, totalKnown, inFlight } = run.counters;
  const left = total - endedOf(run);
  const held = run.hosts?.heldLeft ?? 0;
  if (totalKnown && held > 0 && held >= left) return `${count(left)} left, at hosts that you hold`;
  const last = totalKnown && left > 0 && left <= inFlight;
  if (last && (run.secondsLeft ?? 0) < soon) {
    return left === 1 ? 'Waiting for the last one' : `Waiting for the last ${count(left)}`;
  }
  return run.secondsLeft === undefined ? '' : timeLeft(run.secondsLeft);
}
