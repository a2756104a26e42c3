/**
 * The names of the IPC contract. They are kept apart from zod, because the sandboxed preload checks names and should
 * not carry a schema library for that. `contract.ts` gives each name its payload, and does not compile if the two lists
 * differ.
 */

/** The requests that the page may send to main. */
export const pageRequestNames = [
  'app:info',
  'app:notices',
  'settings:get',
  'settings:set',
  'dialog:open-folder',
  'dialog:open-list',
  'dialog:open-module',
  'dialog:choose-output',
  'dialog:choose-file',
  'inputs:register-text',
  'inputs:count-text',
  'inputs:take-opened',
  'run:preview',
  'run:forecast',
  'samples:make',
  'run:start',
  'run:pause',
  'run:resume',
  'run:cancel',
  'run:retry-failed',
  'run:resize-pool',
  'run:change-limit',
  'run:snapshot',
  'run:acknowledge',
  'run:leave',
  'run:rows',
  'run:copy-command',
  'item:details',
  'item:open',
  'item:reveal',
  'item:copy-path',
  'item:copy-url',
  'items:summary',
  'items:retry',
  'items:redo',
  'items:copy-paths',
  'items:copy-urls',
  'items:reveal',
  'items:drag',
  'items:menu',
  'report:save',
  'output:open-folder',
  'tune:start',
  'tune:cancel',
  'runs:recent',
  'runs:again',
  'runs:pictures',
  'runs:hide',
  'runs:open',
  'runs:prepare',
  'history:list',
  'history:compare',
  'history:look-undo',
  'history:undo',
  'history:remove',
  'presets:list',
  'presets:save',
  'presets:remove',
  'queue:get',
  'queue:add',
  'queue:move',
  'queue:remove',
  'queue:edit',
  'queue:go-on',
  'watched:get',
  'watched:add',
  'watched:offer',
  'watched:add-of-run',
  'watched:pause',
  'watched:run-now',
  'watched:remove',
  'watched:put-back',
] as const;

/** The requests that only the preload sends: they carry paths, which the page must not be able to name. */
export const preloadRequestNames = ['inputs:register'] as const;

/** The events that main sends to the page. */
export const eventNames = [
  'run:update',
  'tune:update',
  'inputs:opened',
  'queue:changed',
  'watched:changed',
  'dialog:show',
] as const;

export type PageRequestName = (typeof pageRequestNames)[number];
export type RequestName = PageRequestName | (typeof preloadRequestNames)[number];
export type EventName = (typeof eventNames)[number];
