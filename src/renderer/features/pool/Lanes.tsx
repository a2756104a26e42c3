import { memo } from 'react';
import type { IdleFor, Lane } from '../../../shared/ipc/run.ts';
import { Panel } from '../../components/Panel.tsx';
import { duration } from '../../lib/format.ts';
import { useThrottled } from '../../lib/use-throttled.ts';
import { runStore } from '../../stores/run.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './Lanes.module.css';

/** Redrawn at this interval, in milliseconds: names change hundreds of times a second, and nobody reads them all. */
const pace = () => 200;
/** With more lanes than this, names would be a wall of text: small strips then show only busy or idle. */
const mostNamed = 24;

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
  const named = lanes.length <= mostNamed;
  return (
    <Panel
      title="Lanes"
      aside={
        <span className={`${classes.count} numbers`}>
          {busy} busy, {Math.max(0, all - busy)} idle
        </span>
      }
    >
      <ul className={classes.list} data-named={named} aria-label="Lanes">
        {lanes.map((lane) => (
          <Strip
            key={lane.slot}
            slot={lane.slot}
            name={lane.working?.name}
            sinceMs={lane.working === undefined ? 0 : Math.max(0, elapsed - lane.working.since)}
            named={named}
          />
        ))}
      </ul>
      {idleFor !== undefined && <p className={classes.hint}>{waitSentence(idleFor)}</p>}
    </Panel>
  );
}

interface StripProps {
  readonly slot: number;
  readonly name: string | undefined;
  readonly sinceMs: number;
  readonly named: boolean;
}

const Strip = memo(function Strip({ slot, name, sinceMs, named }: StripProps) {
  const state = name === undefined ? 'idle' : 'working';
  if (!named) return <li className={classes.dot} data-state={state} title={name ?? 'Idle'} />;
  return (
    <li className={classes.strip} data-state={state}>
      <span className={`${classes.slot} numbers`}>{slot + 1}</span>
      <span className={classes.name} title={name}>
        {name === undefined ? 'idle' : <bdi>{name}</bdi>}
      </span>
      {name !== undefined && <span className={`${classes.since} numbers`}>{duration(sinceMs)}</span>}
    </li>
  );
});

function waitSentence({ hosts: [first, second, ...more], atOnce }: IdleFor): string {
  const who =
    second === undefined ? first : more.length === 0 ? `${first} and ${second}` : `${more.length + 2} hosts`;
  const most = atOnce === undefined ? 'as many at once as they may have' : `${atOnce} at once`;
  return `Idle lanes wait for ${who}: one host gets ${most}.`;
}
