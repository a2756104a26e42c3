import { poolCeilings, usualSizesToTune } from './pool-sizes.ts';
import type { SetKind } from './set-kinds.ts';
import type { Setting, Settings } from './setting.ts';

/** The settings of every run. The help of `outputFolder` and `poolSize` gets the command's default appended. */
export const runSettings = {
  outputFolder: {
    type: 'file',
    flag: '--out',
    value: '<dir>',
    help: 'where results go: a folder, or s3://bucket/prefix',
    field: { label: 'Output folder' },
  },
  poolSize: {
    type: 'pool',
    flag: '--pool',
    value: '<n>',
    min: 1,
    max: poolCeilings.terminal,
    help: 'items in flight at once, or auto: the run finds how many',
    field: { label: 'Pool size' },
  },
  force: {
    type: 'switch',
    flag: '--force',
    default: false,
    help: 'do again what has been done before',
    field: { label: 'Redo what is already there' },
  },
  durable: {
    type: 'switch',
    flag: '--durable',
    default: false,
    help: 'force each file to the disk before it gets its name, so that a power cut loses none',
    field: { label: 'Safe from a power cut, slower', more: 'Writing' },
  },
  shard: {
    type: 'shard',
    flag: '--shard',
    value: '<i/n>',
    help: 'only the i-th of n parts, for n machines: a host or a folder is in one of them',
    fieldless: 'The window is of one machine, which does all items.',
  },
  dryRun: {
    type: 'switch',
    flag: '--dry-run',
    default: false,
    help: 'tell what would be done, and do nothing',
    fieldless: 'What a run would do is shown before each start.',
  },
  journal: {
    type: 'switch',
    flag: '--no-journal',
    default: true,
    help: 'keep no journal of this run, which shoal runs reads',
    fieldless: 'The results of a run and the recent runs are read from its journal.',
  },
  json: {
    type: 'switch',
    flag: '--json',
    default: false,
    help: 'one JSON object a line: a result as each item ends, then a summary',
    fieldless: 'Save report has it, when the run has ended.',
  },
  timings: {
    type: 'switch',
    flag: '--timings',
    default: false,
    help: 'with --json: how long each part of an item took, in milliseconds',
    fieldless: 'The lanes and the sentence on what limits the run tell it.',
  },
} as const satisfies Settings;

/** The settings that choose which files of the given folders are taken. */
export const walkSettings = {
  match: {
    type: 'text',
    flag: '--match',
    value: '<glob>',
    help: 'only images whose name (or path, with a slash) matches',
    field: {
      label: 'Only names that match',
      more: 'Which images',
      hint: 'Such as IMG_*.jpg; with a slash, paths: 2024/*/*.jpg.',
    },
  },
  exclude: {
    type: 'texts',
    flag: '--exclude',
    value: '<glob>',
    default: [],
    help: 'leave out images and folders whose name (or path, with a slash) matches; repeat it for several',
    field: {
      label: 'Leave out',
      more: 'Which images',
      hint: 'Names or folders such as *.png or cache/, one a line.',
    },
  },
  recursive: {
    type: 'switch',
    flag: '--no-recursive',
    default: true,
    help: 'leave subfolders out',
    field: { label: 'Include subfolders' },
  },
} as const satisfies Settings;

/** The settings for what is made of the thumbnails of a run together. */
export const setSettings = {
  manifest: {
    type: 'file',
    flag: '--manifest',
    once: true,
    value: '<file>',
    help: 'also write what was made into a JSON file: sizes, placeholders, HTML',
    fieldless: 'Also make has it: the window names it, in the output folder.',
  },
  gallery: {
    type: 'file',
    flag: '--gallery',
    once: true,
    value: '<file>',
    help: 'also write a page (.html) that shows the thumbnails',
    fieldless: 'Also make has it: the window names it, in the output folder.',
  },
  contactSheet: {
    type: 'file',
    flag: '--contact-sheet',
    once: true,
    value: '<file>',
    help: 'also write the thumbnails onto pages: .pdf, .jpg or .png',
    fieldless: 'Also make has it: the window names it, in the output folder.',
  },
} as const satisfies Settings & Readonly<Record<SetKind, Setting>>;

/** Where a run takes settings from that no flag gives. */
export const presetSettings = {
  preset: {
    type: 'text',
    flag: '--preset',
    once: true,
    value: '<name>',
    help: 'the settings of a preset, which shoal presets lists; flags go before them',
    fieldless: 'The field Preset has them all.',
  },
  recipeFile: {
    type: 'file',
    flag: '--recipe',
    once: true,
    value: '<file>',
    help: 'the settings of a file such as shoal presets show writes; flags go before them',
    fieldless: 'A file in the folder of presets is in the field Preset.',
  },
  folderSettings: {
    type: 'switch',
    flag: '--no-folder-settings',
    default: true,
    help: 'leave the shoal.json of the folder out',
    fieldless: 'The window asks before it takes them.',
  },
} as const satisfies Settings;

/** The settings of runs that several machines work on. */
export const clusterSettings = {
  queue: {
    type: 'text',
    flag: '--queue',
    once: true,
    value: '<url>',
    help: 'hand the run out to workers by this queue, such as redis://host:6379',
    fieldless: 'The window has the address of the queue in its settings, for all runs.',
  },
  detach: {
    type: 'switch',
    flag: '--detach',
    once: true,
    default: false,
    help: 'with --queue: print the id of the run and end, once it is handed out',
    fieldless: 'The window shows what it hands out, and may be closed meanwhile.',
  },
} as const satisfies Settings;

/** The settings of `shoal work` beside those of what gives access. */
export const workSettings = {
  metrics: {
    type: 'text',
    flag: '--metrics',
    value: '<port>',
    help: 'tell Prometheus how it goes, at PORT of this machine, or HOST:PORT',
    fieldless: 'A worker is a process of its own.',
  },
  workPlaces: {
    type: 'texts',
    flag: '--place',
    value: '<place>',
    default: [],
    help: 'work only on runs whose --out is this folder or s3://bucket/prefix, or is in it; may be repeated',
    fieldless: 'A worker is a process of its own.',
  },
} as const satisfies Settings;

/** The settings of `shoal runs` beside those of every run. */
export const runsSettings = {
  onlyCodes: {
    type: 'texts',
    flag: '--only',
    once: true,
    value: '<code>',
    default: [],
    help: 'only what failed for this cause, such as HTTP_404; repeat it for several',
    fieldless: 'Each cause of failure has a button of its own in the report.',
  },
  yes: {
    type: 'switch',
    flag: '--yes',
    once: true,
    default: false,
    help: 'do not ask first',
    fieldless: 'The window asks with a dialog.',
  },
  html: {
    type: 'file',
    flag: '--html',
    once: true,
    value: '<file>',
    help: 'also write the run into a file, as a page to look at and to send',
    fieldless: 'Save report has it.',
  },
} as const satisfies Settings;

/** The settings of `shoal tune` beside those of the task that it times. */
export const tuneSettings = {
  sizes: {
    type: 'pools',
    flag: '--sizes',
    value: '<list>',
    min: 1,
    max: poolCeilings.terminal,
    default: usualSizesToTune,
    help: 'the pool sizes to time',
    fieldless: 'Tune times the usual sizes; the slider and the automatic pool have any other.',
  },
  chart: {
    type: 'file',
    flag: '--chart',
    once: true,
    value: '<file>',
    help: 'also draw the curve into a file, as SVG',
    fieldless: 'Tune draws the curve on its screen.',
  },
} as const satisfies Settings;
