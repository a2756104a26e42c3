import type { Settings } from './setting.ts';

/** A day: a longer wait has no end that anybody waits for. */
const longestTry = 86_400_000;

/**
 * How a person's own function is applied, whatever its items are. Nothing is set by default. The library has the same keys;
 * there `stopOnError` may be `true` for 1, and `data` whatever can be cloned into another thread.
 */
export const mapRecipeSettings = {
  data: {
    type: 'json',
    flag: '--options',
    once: true,
    value: '<json>',
    help: 'JSON that the function gets as context.data, such as \'{"width": 800}\'',
    field: {
      label: 'Options for the function',
      more: 'What your function gets',
      hint: 'JSON that it gets as context.data, such as {"width": 800}.',
    },
  },
  retries: {
    type: 'integer',
    flag: '--retries',
    value: '<n>',
    min: 0,
    max: 100,
    help: 'further tries of an item that failed (default: none)',
    field: { label: 'Retries', more: 'When an item fails' },
  },
  timeoutMs: {
    type: 'milliseconds',
    flag: '--timeout',
    value: '<seconds>',
    min: 1,
    max: longestTry,
    help: 'give up a try of an item that takes longer',
    field: { label: 'Give up a try after', suffix: 's', more: 'When an item fails' },
  },
  stopOnError: {
    type: 'integer',
    flag: '--halt',
    value: '<n>',
    min: 1,
    max: 1_000_000_000,
    help: 'end the run once so many items have failed',
    field: { label: 'End the run after', suffix: 'failed items', more: 'When an item fails' },
  },
  chunkSize: {
    type: 'integer',
    flag: '--chunk',
    value: '<n>',
    min: 1,
    max: 10_000,
    help: 'items that go to a worker together (default: as many as take a moment)',
    field: {
      label: 'Items that go to a worker together',
      more: 'Workers',
      hint: 'Empty: as many as take a moment.',
    },
  },
  itemsPerWorker: {
    type: 'integer',
    flag: '--worker-items',
    value: '<n>',
    min: 1,
    max: 1_000_000_000,
    help: 'replace a worker once it has done so many items',
    field: { label: 'New worker after', suffix: 'items', more: 'Workers' },
  },
  maxHeapMiB: {
    type: 'integer',
    flag: '--heap',
    value: '<mib>',
    min: 8,
    max: 1_048_576,
    help: "the most memory of a worker's JavaScript objects, in MiB",
    field: { label: 'Worker memory', suffix: 'MiB', more: 'Workers' },
  },
} as const satisfies Settings;

/** The settings of `shoal map` beside those of every run. */
export const mapSettings = {
  ...mapRecipeSettings,
  order: {
    type: 'choice',
    flag: '--order',
    value: '<order>',
    choices: ['input', 'finished'],
    default: 'input',
    help: 'results in the order of the items, or as they end',
    fieldless: 'The window shows each result in the place of its item.',
  },
  nullItems: {
    type: 'switch',
    flag: '--null',
    once: true,
    default: false,
    help: 'items on standard input end with a NUL, as find -print0 writes them',
    fieldless: 'The window has no standard input: its items are lines of lists, and files of folders.',
  },
} as const satisfies Settings;
