import type { Handlers } from '../../shared/ipc/contract.ts';

/** Handlers come in groups, each made beside the code that it calls; together they must cover the whole contract. */
export type AppHandlers = Pick<Handlers, 'app:info' | 'app:notices' | 'settings:get' | 'settings:set'>;
export type DialogHandlers = Pick<
  Handlers,
  | 'dialog:open-folder'
  | 'dialog:open-list'
  | 'dialog:open-module'
  | 'dialog:choose-output'
  | 'dialog:choose-file'
>;
export type InputHandlers = Pick<
  Handlers,
  'inputs:register' | 'inputs:register-text' | 'inputs:count-text' | 'inputs:take-opened'
>;
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
export type SelectionHandlers = Pick<Handlers, Extract<keyof Handlers, `items:${string}`>>;
export type ResultHandlers = Pick<Handlers, 'report:save' | 'output:open-folder' | 'output:open-set'>;
export type FormerRunHandlers = Pick<Handlers, 'runs:pictures' | 'runs:hide' | 'runs:open' | 'runs:prepare'>;
export type HistoryHandlers = Pick<
  Handlers,
  'history:list' | 'history:compare' | 'history:look-undo' | 'history:undo' | 'history:remove'
>;
export type QueueHandlers = Pick<
  Handlers,
  'queue:get' | 'queue:add' | 'queue:move' | 'queue:remove' | 'queue:edit' | 'queue:go-on'
>;
export type WatchedHandlers = Pick<Handlers, Extract<keyof Handlers, `watched:${string}`>>;
export type MachineHandlers = Pick<Handlers, Extract<keyof Handlers, `machines:${string}`>>;
export type PresetHandlers = Pick<Handlers, Extract<keyof Handlers, `presets:${string}`>>;
export type LimitHandlers = Pick<Handlers, 'run:change-limit'>;
export type UpdateHandlers = Pick<Handlers, Extract<keyof Handlers, `updates:${string}`>>;
export type CrashHandlers = Pick<Handlers, Extract<keyof Handlers, `crash:${string}`>>;
export type FirstStartHandlers = Pick<Handlers, 'app:places' | 'app:open-place' | 'samples:pictures'>;
export type RunHandlers = Omit<
  Handlers,
  keyof (AppHandlers &
    DialogHandlers &
    InputHandlers &
    JobHandlers &
    SampleHandlers &
    ItemHandlers &
    SelectionHandlers &
    ResultHandlers &
    FormerRunHandlers &
    QueueHandlers &
    WatchedHandlers &
    MachineHandlers &
    HistoryHandlers &
    PresetHandlers &
    LimitHandlers &
    UpdateHandlers &
    CrashHandlers &
    FirstStartHandlers)
>;

export function allHandlers(
  ...groups: [
    AppHandlers,
    DialogHandlers,
    InputHandlers,
    JobHandlers,
    SampleHandlers,
    RunHandlers,
    ItemHandlers,
    SelectionHandlers,
    ResultHandlers,
    FormerRunHandlers,
    QueueHandlers,
    WatchedHandlers,
    MachineHandlers,
    HistoryHandlers,
    PresetHandlers,
    LimitHandlers,
    UpdateHandlers,
    CrashHandlers,
    FirstStartHandlers,
  ]
): Handlers {
  return Object.assign({}, ...groups);
}
