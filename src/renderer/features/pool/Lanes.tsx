import { memo } from 'react';
import { language, t } from '../../../languages/translate.ts';
import type { IdleFor, Lane } from '../../../shared/ipc/run.ts';
import { Panel } from '../../components/Panel.tsx';
import { duration } from '../../lib/format.ts';
import { partsAmong, totalMs } from '../../lib/stage-parts.ts';
import { useThrottled } from '../../lib/use-throttled.ts';
import { runStore } from '../../stores/run.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './Lanes.module.css';
import { StageBar, StageLegend } from './StageBar.tsx';

/** Redrawn at this interval, in milliseconds: names change hundreds of times a second, and nobody reads them all. */
const pace = () => 200;
/** With more lanes than this, names would be a wall of text: those after them show only whether they are busy. */
const mostNamed = 12;

const none: readonly Lane[] = [];

/** One strip for each slot: the item it works on, and for how long. */
export function LanesPanel() {
  const lanes = useThrottled(
    useStore(runStore, ({ run }) => run?.lanes ?? none),
    pace,
  );
  const elapsed = useThrottled(
    useStore(runStore, ({ run }) => run?.elapsedMs ?? 0),
    pace,
  );
  const idleFor = useStore(runStore, ({ run }) => run?.idleFor);
  // The figures of the run and not a count of the strips, which lag behind: the header tells the same number.
  const busy = useStore(runStore, ({ run }) => run?.counters.inFlight ?? 0);
  const all = useStore(runStore, ({ run }) => run?.lanes.length ?? 0);
  const named = lanes.slice(0, mostNamed);
  const more = lanes.slice(mostNamed);
  const times = named.flatMap(({ last }) => (last === undefined ? [] : [last.stages]));
  const scaleMs = Math.max(1, ...times.map(totalMs));
  const why = idleFor && waitSentence(idleFor);
  return (
    <Panel
      title={t('Lanes')}
      aside={
        <span className={`${classes.count} numbers`}>
          {t('{{busy}} busy, {{idle}} idle', { busy, idle: Math.max(0, all - busy) })}
        </span>
      }
    >
      <ul className={classes.list} data-named aria-label={t('Lanes')}>
        {named.map(({ slot, working, last }) => (
          <Strip
            key={slot}
            slot={slot}
            name={working?.name}
            sinceMs={working === undefined ? 0 : Math.max(0, elapsed - working.since)}
            last={last}
            scaleMs={scaleMs}
            why={why}
          />
        ))}
      </ul>
      {more.length > 0 && (
        <>
          <p className={`${classes.hint} numbers`}>{t('{{count, number}} more', { count: more.length })}</p>
          <ul className={classes.list} data-named={false} aria-label={t('More lanes')}>
            {more.map(({ slot, working }) => (
              <Dot key={slot} name={working?.name} />
            ))}
          </ul>
        </>
      )}
      <StageLegend parts={partsAmong(times)} />
      {why !== undefined && <p className={classes.hint}>{why}</p>}
    </Panel>
  );
}

interface StripProps {
  readonly slot: number;
  readonly name: string | undefined;
  readonly sinceMs: number;
  readonly last: Lane['last'];
  readonly scaleMs: number;
  /** Why idle lanes are idle. */
  readonly why: string | undefined;
}

const Strip = memo(function Strip({ slot, name, sinceMs, last, scaleMs, why }: StripProps) {
  const state = name === undefined ? 'idle' : 'working';
  return (
    <li className={classes.strip} data-state={state} title={name === undefined ? why : undefined}>
      <span className={`${classes.slot} numbers`}>{slot + 1}</span>
      <span className={classes.name} title={name}>
        {name === undefined ? t('idle') : <bdi>{name}</bdi>}
      </span>
      {name !== undefined && <span className={`${classes.since} numbers`}>{duration(sinceMs)}</span>}
      {name !== undefined && last !== undefined && (
        <span className={classes.parts}>
          <StageBar
            name={t('Before it, {{name}}', { name: last.name })}
            stages={last.stages}
            scaleMs={scaleMs}
          />
        </span>
      )}
    </li>
  );
});

function Dot({ name }: { readonly name: string | undefined }) {
  return (
    <li
      className={classes.dot}
      data-state={name === undefined ? 'idle' : 'working'}
      title={name ?? t('Idle')}
    />
  );
}

function waitSentence({ hosts, atOnce }: IdleFor): string {
  const who =
    hosts.length > 2
      ? t('{{count, number}} hosts', { count: hosts.length })
      : new Intl.ListFormat(language()).format(hosts);
  if (atOnce === undefined)
    return t('Idle lanes wait for {{hosts}}: one host gets as many at once as they may have.', {
      hosts: who,
    });
  return t('Idle lanes wait for {{hosts}}: one host gets {{atOnce}} at once.', { hosts: who, atOnce });
}
