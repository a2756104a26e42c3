import { createStore } from 'zustand/vanilla';

interface ProblemState {
  /** A sentence for the person, or nothing. */
  readonly problem: string | undefined;
}

/** A problem that is not about an item: shown in one place until it is dismissed or the next action succeeds. */
export const problemStore = createStore<ProblemState>(() => ({ problem: undefined }));

export function tellProblem(error: unknown): void {
  problemStore.setState({ problem: error instanceof Error ? error.message : String(error) });
}

export function forgetProblem(): void {
  problemStore.setState({ problem: undefined });
}

/** Runs an action of a button. A failure becomes a sentence on screen, never an unhandled rejection. */
export async function attempt<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
  try {
    const value = await work();
    forgetProblem();
    return value;
  } catch (error) {
    tellProblem(error);
    return undefined;
  }
}
