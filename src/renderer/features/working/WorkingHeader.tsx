import { Trans } from 'react-i18next';
import { t, words } from '../../../languages/translate.ts';
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
    <section className={classes.header} aria-label={t('Progress of the run')}>
      <div className={classes.top}>
        <h2 className={`${classes.count} numbers`}>
          <HowFar run={run} />
        </h2>
        <p className={`${classes.left} numbers`}>
          <span>{statusOf(run)}</span>
          {isBySlowest(run) && <span title={run.slowestHost}> {t('(slowest host)')}</span>}
        </p>
        <RunControls run={run} />
      </div>
      <RunProgress
        done={counters.done}
        skipped={counters.skipped}
        failed={counters.failed}
        total={counters.total}
        totalKnown={counters.totalKnown}
        quiet={run.state !== 'running'}
      />
      <ul className={`${classes.facts} numbers`} aria-label={t('Figures')}>
        <li>{t('{{rate}} items/s', { rate: rate(run.state === 'paused' ? 0 : perSecond) })}</li>
        {run.kind !== 'map' && <li>{bytes(run.state === 'paused' ? 0 : bytesPerSecond)}/s</li>}
        <li>{duration(Math.floor(run.elapsedMs / 1000) * 1000)}</li>
        {!run.handedOut && <li>{t('{{inFlight}} in flight', { inFlight: counters.inFlight })}</li>}
        {counters.skipped > 0 && <li>{t('{{count, number}} skipped', { count: counters.skipped })}</li>}
        <li className={counters.failed > 0 ? classes.failed : undefined}>
          {t('{{count, number}} failed', { count: counters.failed })}
        </li>
      </ul>
    </section>
  );
}

function HowFar({ run: { kind, counters } }: { readonly run: RunView }) {
  const { total, totalKnown } = counters;
  return (
    <Trans
      i18n={words}
      i18nKey={
        kind === 'map'
          ? totalKnown
            ? '<done>{{done}}</done><all> of {{count, number}} items</all>'
            : '<done>{{done}}</done><all> of at least {{count, number}} items</all>'
          : kind === 'fetch'
            ? totalKnown
              ? '<done>{{done}}</done><all> of {{count, number}} files</all>'
              : '<done>{{done}}</done><all> of at least {{count, number}} files</all>'
            : totalKnown
              ? '<done>{{done}}</done><all> of {{count, number}} images</all>'
              : '<done>{{done}}</done><all> of at least {{count, number}} images</all>'
      }
      count={total}
      values={{ done: count(endedOf({ counters })) }}
      components={{ done: <strong />, all: <span className={classes.total} /> }}
    />
  );
}

/** Shown from the click until the run has started: walking a large folder takes a moment. */
function Starting() {
  return (
    <section className={classes.header} aria-label={t('Progress of the run')}>
      <div className={classes.top}>
        <h2 className={classes.count}>
          <strong>{t('Starting…')}</strong>
        </h2>
      </div>
      <RunProgress done={0} skipped={0} failed={0} total={0} totalKnown={false} quiet={false} />
    </section>
  );
}

function statusOf(run: RunView): string {
  if (run.handedOut) return statusElsewhere(run, run.handedOut.isLost);
  switch (run.state) {
    case 'scanning':
      return t('Looking for more…');
    case 'paused':
      return t(run.counters.inFlight > 0 ? 'Pausing…' : 'Paused');
    case 'cancelling':
      return t('Cancelling: {{left}} still to finish', { left: run.counters.inFlight });
    case 'finished':
      return t('Finished');
    case 'running':
      return restOf(run);
  }
}

/** Workers tell of a bucket when all of it has ended. */
function statusElsewhere(run: RunView, isLost: boolean): string {
  if (run.state === 'cancelling') return t('It is left to the other machines…');
  if (isLost) return t('The queue is not reached: waiting until it is back.');
  return run.secondsLeft === undefined ? t('On other machines') : restOf(run);
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
  if (totalKnown && held > 0 && held >= left)
    return t('{{count, number}} left, at hosts that you hold', { count: left });
  const last = totalKnown && left > 0 && left <= inFlight;
  if (last && (run.secondsLeft ?? 0) < soon) {
    return t('Waiting for the last {{count, number}}', { count: left });
  }
  return run.secondsLeft === undefined ? '' : timeLeft(run.secondsLeft);
}
