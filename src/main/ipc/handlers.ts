import type { Handlers } from '../../shared/ipc/contract.ts';

/** Handlers come in groups, each made beside the code that it calls; together they must cover the whole contract. */
export type AppHandlers = Pick<Handlers, 'app:info' | 'settings:get' | 'settings:set'>;
export type DialogHandlers = Pick<
  Handlers,
  'dialog:open-folder' | 'dialog:open-list' | 'dialog:choose-output' | 'dialog:choose-file'
>;
export type InputHandlers = Pick<Handlers, 'inputs:register' | 'inputs:register-text' | 'inputs:take-opened'>;
export type JobHandlers = Pick<
  Handlers,
  | 'run:preview'
  | 'run:forecast'
  | 'run:start'
  | 'run:copy-command'
  | 'runs:recent'
  | 'runs:again'
  | 'tune:start'
  | 'tune:cancel'
>;
export type SampleHandlers = Pick<Handlers, 'samples:make'>;
export type ItemHandlers = Pick<
  Handlers,
  'item:details' | 'item:open' | 'item:reveal' | 'item:copy-path' | 'item:copy-url'
>;
export type ResultHandlers = Pick<Handlers, 'report:save' | 'output:open-folder'>;
export type RunHandlers = Omit<
  Handlers,
  keyof (AppHandlers &
    DialogHandlers &
    InputHandlers &
    JobHandlers &
    SampleHandlers &
    ItemHandlers &
    ResultHandlers)
>;

export function allHandlers(
  app: AppHandlers,
  dialogs: DialogHandlers,
  inputs: InputHandlers,
  jobs: JobHandlers,
  samples: SampleHandlers,
  runs: RunHandlers,
  items: ItemHandlers,
  results: ResultHandlers,
): Handlers {
  return { ...app, ...dialogs, ...inputs, ...jobs, ...samples, ...runs, ...items, ...results };
}
