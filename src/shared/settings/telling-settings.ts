import type { Settings } from './setting.ts';

/** The settings of every command: how much it tells. */
export const tellingSettings = {
  quiet: {
    type: 'switch',
    flag: '--quiet',
    default: false,
    help: 'tell only what fails; values, tables and --json are written as ever',
    fieldless: 'The window tells nothing that one has to look away from.',
  },
  verbose: {
    type: 'switch',
    flag: '--verbose',
    default: false,
    help: 'also tell, on standard error, what is decided: pool sizes, limits, hosts, skips, retries, stacks',
    fieldless: 'The lanes, the table of hosts and the inspector of an item show it.',
  },
  progress: {
    type: 'switch',
    flag: '--progress',
    default: false,
    help: 'tell how far it is on standard error, also beside --json or without a terminal',
    fieldless: 'The window always shows how far a run is.',
  },
  terminalProgress: {
    type: 'switch',
    flag: '--no-progress',
    default: true,
    help: 'leave the progress line out on a terminal, too',
    fieldless: 'The window always shows how far a run is.',
  },
} as const satisfies Settings;
