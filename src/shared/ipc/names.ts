/**
 * The names that cross between page and main, without zod, because the sandboxed preload checks names
 * and should not carry a schema library for it. `contract.ts` gives each name its payloads and does not
 * compile when one is missing on either side.
 */

/** What the page may ask of main. */
export const pageRequestNames = [
  'app:info',
  'settings:get',
  'settings:set',
  'dialog:open-folder',
  'dialog:open-list',
  'dialog:choose-output',
  'inputs:register-text',
  'inputs:take-opened',
  'run:preview',
  'run:start',
  'run:pause',
  'run:resume',
  'run:cancel',
  'run:retry-failed',
  'run:resize-pool',
  'run:snapshot',
  'run:acknowledge',
  'run:rows',
  'run:copy-command',
  'report:save',
  'output:open-folder',
  'tune:start',
  'tune:cancel',
  'runs:recent',
  'runs:again',
] as const;

/** What only the preload asks: it carries raw paths, which the page must not be able to name. */
export const preloadRequestNames = ['inputs:register'] as const;

/** What main tells the page. */
export const eventNames = ['run:update', 'tune:update', 'inputs:opened', 'theme'] as const;

export type PageRequestName = (typeof pageRequestNames)[number];
export type RequestName = PageRequestName | (typeof preloadRequestNames)[number];
export type EventName = (typeof eventNames)[number];
