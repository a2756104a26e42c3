import { useEffect, useRef } from 'react';
import { runStore } from '../../stores/run.ts';
import classes from './School.module.css';

/** The mark has the first three; more come along while more items are in flight. */
const fishes = ['1', '2', '3', '4', '5', '6', '7', '8'];

/**
 * The mark of the app. While a run is on, as many of its fishes swim as items are in flight; eight stand for many. What
 * changes with every update of a run is written to the elements: React would draw the toolbar anew for it.
 */
export function School() {
  const school = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const swim = () => {
      const swimming = inFlight();
      school.current?.toggleAttribute('data-on', swimming > 3);
      for (const [at, fish] of [...(school.current?.children ?? [])].entries()) {
        fish.toggleAttribute('data-swims', at < swimming);
      }
    };
    swim();
    return runStore.subscribe(swim);
  }, []);
  return (
    <span ref={school} className={classes.school} aria-hidden>
      {fishes.map((fish) => (
        <svg key={fish} className={classes.fish} viewBox="0 0 11.4 6.4">
          <title>{'Shoal'}</title>
          <path d="M0 3.2c2.8-2.6 6.4-2.6 8.9-.4l2.4-2v5.4l-2.4-2C6.4 6.2 2.8 5.8 0 3.2Z" />
        </svg>
      ))}
    </span>
  );
}

/** What is worked on now; nothing of a run that is paused or over. */
function inFlight(): number {
  const { run, on } = runStore.getState();
  return run !== undefined && run.runId === on && run.state === 'running' ? run.counters.inFlight : 0;
}
