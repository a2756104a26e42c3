import { inputsStore } from './inputs.ts';
import { runStore } from './run.ts';
import { screenStore } from './screen.ts';
import { useStore } from './use-store.ts';

/** The stage that the person is at; it decides which screen is shown. */
export type Stage = 'empty' | 'ready' | 'working' | 'finished';

export function useStage(): Stage {
  const runState = useStore(runStore, ({ run }) => run?.state);
  const hasInputs = useStore(inputsStore, ({ inputs, module }) => inputs.length > 0 || module !== undefined);
  const starting = useStore(runStore, (state) => state.starting);
  const atRun = useStore(screenStore, ({ tab }) => tab === 'run');
  if (atRun && runState !== undefined) return runState === 'finished' ? 'finished' : 'working';
  if (atRun && starting) return 'working';
  return hasInputs ? 'ready' : 'empty';
}

/** Whether what would be started is on screen, or nothing else is. */
export function isAtStart(): boolean {
  const { run, starting } = runStore.getState();
  return screenStore.getState().tab === 'start' || (run === undefined && !starting);
}
