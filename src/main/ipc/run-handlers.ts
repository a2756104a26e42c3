import type { RunHandlers } from './handlers.ts';

class NotBuilt extends Error {
  readonly code = 'NOT_BUILT';
}

const notBuilt = (name: string) => async (): Promise<never> => {
  throw new NotBuilt(`${name} is not connected to the engine yet.`);
};

/** Until the engine is behind them, runs are refused by name and there are none to show. */
export function runHandlers(): RunHandlers {
  return {
    'run:preview': notBuilt('run:preview'),
    'run:start': notBuilt('run:start'),
    'run:pause': notBuilt('run:pause'),
    'run:resume': notBuilt('run:resume'),
    'run:cancel': notBuilt('run:cancel'),
    'run:retry-failed': notBuilt('run:retry-failed'),
    'run:resize-pool': notBuilt('run:resize-pool'),
    'run:snapshot': async () => null,
    'run:acknowledge': async () => undefined,
    'run:rows': notBuilt('run:rows'),
    'run:copy-command': notBuilt('run:copy-command'),
    'report:save': notBuilt('report:save'),
    'output:open-folder': notBuilt('output:open-folder'),
    'tune:start': notBuilt('tune:start'),
    'tune:cancel': async () => undefined,
    'runs:recent': async () => [],
  };
}
