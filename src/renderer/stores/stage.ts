import { inputsStore } from './inputs.ts';
import { runStore } from './run.ts';
import { useStore } from './use-store.ts';

/** The stage that the person is at; it decides which screen is shown. */
export type Stage = 'empty' | 'ready' | 'working' | 'finished';

export function useStage(): Stage {
  const runState = useStore(runStore, ({ run }) => run?.state);
  const hasInputs = useStore(inputsStore, ({ inputs }) => inputs.length > 0);
  const starting = useStore(runStore, (state) => state.starting);
  if (runState !== undefined) return runState === 'finished' ? 'finished' : 'working';
  if (starting) return 'working';
  return hasInputs ? 'ready' : 'empty';
}
