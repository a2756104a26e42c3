import { UsageError } from '../../../../engine/index.ts';
import { type RunOverview, runIdOf, runOverview } from '../../../../engine/run/front-ends/index.ts';

/**
 * The run that a person means: its id, a beginning of that, or `last`.
 * @throws UsageError when there is none.
 */
export function formerRun(text: string): RunOverview {
  const id = runIdOf(text);
  const run = runOverview(id);
  if (!run) throw new UsageError(`The journal of ${id} cannot be read, or its first line is damaged.`);
  return run;
}

/** @throws UsageError when the run is still on. */
export function formerRunThatIsOver(text: string): RunOverview {
  const run = formerRun(text);
  if (run.state === 'running') throw new UsageError(`${run.head.id} is still on: wait for its end.`);
  return run;
}
