import { useCallback, useState } from 'react';

export interface Told {
  readonly text: string;
  readonly bad: boolean;
}

/** Runs what a button does, and keeps what came of it, to be told beside the button. */
export function useTold() {
  const [told, setTold] = useState<Told>();
  const act = useCallback(async (work: () => Promise<string | undefined>) => {
    try {
      const text = await work();
      setTold(text === undefined ? undefined : { text, bad: false });
    } catch (error) {
      setTold({ text: error instanceof Error ? error.message : String(error), bad: true });
    }
  }, []);
  return { told, act };
}
