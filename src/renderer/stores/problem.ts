import { createStore } from 'zustand/vanilla';

interface ProblemState {
  /** A sentence for the person, or nothing. */
  readonly problem: string | undefined;
}

/** What went wrong outside of any item: shown in one place, until it is read or the next thing works. */
export const problemStore = createStore<ProblemState>(() => ({ problem: undefined }));

export function tellProblem(error: unknown): void {
  problemStore.setState({ problem: error instanceof Error ? error.message : String(error) });
}

export function forgetProblem(): void {
  problemStore.setState({ problem: undefined });
}

/** Does what a button asks; a failure becomes a sentence on screen and never an unhandled rejection. */
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
