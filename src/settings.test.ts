import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createProgram } from './cli/program.ts';
import { commandLine } from './main/jobs/command-line.ts';
import type { ResolvedJob } from './main/jobs/resolved-job.ts';
import { fetchRequestSchema, mapRequestSchema, thumbnailRequestSchema } from './shared/requests.ts';
import { allSettings, settingGroups } from './shared/settings/all-settings.ts';
import { fetchAccessSettings, fetchRecipeSettings, fetchSettings } from './shared/settings/fetch-settings.ts';
import { mapRecipeSettings, mapSettings } from './shared/settings/map-settings.ts';
import { setSettings, walkSettings } from './shared/settings/run-settings.ts';
import type { Setting } from './shared/settings/setting.ts';
import { thumbnailSettings } from './shared/settings/thumbnail-settings.ts';

const commands = createProgram(() => {}, undefined).commands;
const helpOf = (name: string) => commands.find((command) => command.name() === name)?.helpInformation() ?? '';
const docs = readFileSync(join(import.meta.dirname, '../docs/settings.md'), 'utf8');

/** The long flags of a command. */
const flagsOf = (name: string): string[] =>
  commands.find((command) => command.name() === name)?.options.map(({ long }) => long ?? '') ?? [];

/** A value that is not the default. */
function otherValue(setting: Setting): unknown {
  switch (setting.type) {
    case 'integer':
      return setting.default === setting.min ? setting.min + 1 : setting.min;
    case 'number':
    case 'seconds':
      return 7.5;
    case 'milliseconds':
    case 'bytes':
      return setting.min + 1;
    case 'json':
      return { width: 800 };
    case 'switch':
      return !setting.default;
    case 'choice':
      return setting.choices.find((choice) => choice !== setting.default);
    case 'texts':
      return ['some', 'more'];
    case 'choices':
    case 'further':
      return setting.choices.slice(1);
    case 'text':
      return 'tan';
    case 'file':
      return 'some';
    case 'shard':
      return '2/3';
    case 'template':
      return '{name}-{width}x{height}';
    case 'box':
      return { width: 31, height: 41 };
    case 'boxes':
      return [{ width: 31, height: 41 }];
    case 'headers':
      return { 'x-it': 'is' };
    case 'thumbnail':
      return {};
    case 'pool':
      return 3;
    case 'pools':
      return [1];
  }
}

/** The command that the window copies if only this setting differs from its default. */
function copied(key: string, setting: Setting): string {
  const value = otherValue(setting);
  const words = { force: key === 'force', title: '', destination: '', folder: '' };
  const pool = key === 'poolSize' ? 3 : undefined;
  const where = {
    ...(key === 'outputFolder' && { outputFolder: '/x' }),
    ...(key === 'durable' && { durable: true }),
    ...(key === 'shard' && { shard: '2/3' }),
  };
  let job: ResolvedJob;
  if (Object.hasOwn(fetchSettings, key)) {
    const inputs = [
      setting.of === 'input' ? { kind: 'report', path: '/r' } : { kind: 'argument', value: '/l' },
    ];
    const recipe = setting.of === undefined ? { [key]: value } : {};
    const request = fetchRequestSchema.parse({ kind: 'fetch', inputs, recipe });
    job = { kind: 'fetch', request, ...words };
  } else {
    const recipe = Object.hasOwn(thumbnailSettings, key) ? { [key]: value } : {};
    const walk = Object.hasOwn({ ...walkSettings, ...setSettings }, key) ? { [key]: value } : {};
    const request = thumbnailRequestSchema.parse({
      kind: 'thumbnails',
      paths: ['/p'],
      recipe,
      ...walk,
      ...where,
    });
    job = { kind: 'thumbnails', request, ...words };
  }
  return commandLine(job, pool, () => '');
}

function shownIn(key: string, setting: Setting): string {
  const { flag, field } = setting;
  const isFlag = (name: string) => flag !== undefined && flagsOf(name).includes(flag);
  return [
    isFlag('thumbs') && 'thumbs',
    isFlag('fetch') && 'fetch',
    field && 'window',
    flag !== undefined && new RegExp(`${flag}\\b`).test(copied(key, setting)) && 'copied',
  ]
    .filter(Boolean)
    .join(' ');
}

it('each setting shows where it is meant to: as a flag of a command, in the window, in what the window copies', () => {
  const shown = Object.entries(allSettings).map(([key, setting]) => [key, shownIn(key, setting)]);
  expect(Object.fromEntries(shown)).toEqual({
    box: 'thumbs window copied',
    furtherBoxes: 'thumbs window copied',
    fit: 'thumbs fetch window copied',
    position: 'thumbs fetch window copied',
    background: 'thumbs fetch window copied',
    sharpen: 'thumbs fetch window copied',
    format: 'thumbs fetch window copied',
    furtherFormats: 'thumbs fetch window copied',
    quality: 'thumbs fetch window copied',
    maxOutputBytes: 'thumbs window copied',
    onlyIfSmaller: 'thumbs window copied',
    colour: 'thumbs fetch window copied',
    keep: 'thumbs fetch window copied',
    lossless: 'thumbs fetch window copied',
    progressive: 'thumbs fetch window copied',
    chroma: 'thumbs fetch window copied',
    nameTemplate: 'thumbs window copied',
    fast: 'thumbs window copied',
    previews: 'thumbs window copied',
    tolerant: 'thumbs window copied',
    maxPixels: 'thumbs fetch window copied',
    match: 'thumbs fetch window copied',
    exclude: 'thumbs window copied',
    recursive: 'thumbs window copied',
    manifest: 'thumbs copied',
    gallery: 'thumbs copied',
    contactSheet: 'thumbs copied',
    perHost: 'fetch window copied',
    minGap: 'fetch window copied',
    bandwidth: 'fetch window copied',
    retries: 'fetch window copied',
    timeout: 'fetch window copied',
    minSpeed: 'fetch window copied',
    maxBytes: 'fetch window copied',
    maxRedirects: 'fetch window copied',
    thumbnail: 'fetch window copied',
    originals: 'fetch window copied',
    dedupe: 'fetch window copied',
    dataset: 'fetch window copied',
    tarItems: 'fetch window copied',
    tarBytes: 'fetch window copied',
    recheck: 'fetch window copied',
    respect: 'fetch window copied',
    privateAddresses: 'fetch window copied',
    headers: 'fetch window copied',
    userAgent: 'fetch window copied',
    // Secrets, and paths to them, are neither saved with a run nor copied into a command line.
    hostsFile: 'fetch window',
    proxy: 'fetch window',
    netrcFile: 'fetch window',
    cookieFile: 'fetch window',
    user: 'fetch window',
    password: 'window',
    caFile: 'fetch window',
    chart: '',
    imagesOf: 'fetch window copied',
    literal: 'fetch window copied',
    redact: 'fetch window copied',
    report: 'fetch copied',
    outputFolder: 'thumbs fetch window copied',
    poolSize: 'thumbs fetch window copied',
    force: 'thumbs fetch window copied',
    durable: 'thumbs fetch window copied',
    shard: 'thumbs fetch copied',
    // Of one command alone, and not of a command that the window copies.
    dryRun: 'thumbs fetch',
    journal: 'thumbs fetch',
    html: '',
    json: 'thumbs fetch',
    timings: 'thumbs fetch',
    preset: 'thumbs fetch',
    recipeFile: 'thumbs fetch',
    folderSettings: 'thumbs',
    queue: 'thumbs fetch',
    detach: 'thumbs fetch',
    nullItems: '',
    // Of `shoal map`, which has its own `retries` beside that of a fetch.
    data: 'window',
    // A fetch has its flag, too.
    timeoutMs: 'fetch window',
    stopOnError: 'window',
    chunkSize: 'window',
    itemsPerWorker: 'window',
    maxHeapMiB: 'window',
    order: '',
    onlyCodes: '',
    yes: '',
    sizes: '',
    metrics: '',
    workPlaces: '',
    quiet: 'thumbs fetch',
    verbose: 'thumbs fetch',
    progress: 'thumbs fetch',
    terminalProgress: 'thumbs fetch',
  });
});

it('each setting of a person’s own function shows where it is meant to', () => {
  const copiedOfMap = (key: string, setting: Setting): string => {
    const recipe = Object.hasOwn(mapRecipeSettings, key) ? { [key]: otherValue(setting) } : {};
    const inputs = [{ kind: 'items', items: ['one'] }];
    const request = mapRequestSchema.parse({ kind: 'map', module: '/m.mjs', inputs, recipe });
    const words = { force: false, title: '', destination: '', folder: '' };
    return commandLine({ kind: 'map', request, ...words }, undefined, () => '');
  };
  const shown = Object.entries<Setting>(mapSettings).map(([key, setting]) => [
    key,
    [
      flagsOf('map').includes(setting.flag ?? '') && 'map',
      setting.field && 'window',
      copiedOfMap(key, setting).includes(`${setting.flag}`) && 'copied',
    ]
      .filter(Boolean)
      .join(' '),
  ]);
  expect(Object.fromEntries(shown)).toEqual({
    data: 'map window copied',
    retries: 'map window copied',
    stopOnError: 'map window copied',
    timeoutMs: 'map window copied',
    chunkSize: 'map window copied',
    itemsPerWorker: 'map window copied',
    maxHeapMiB: 'map window copied',
    // Of how results are written, which the window does itself.
    order: 'map',
    nullItems: 'map',
  });
});

it('the window has each setting, or the table says why it needs none', () => {
  const neither = Object.entries(allSettings).filter(
    ([, { field, fieldless }]) => (field === undefined) === (fieldless === undefined),
  );
  expect(neither.map(([key]) => key)).toEqual([]);
  for (const [, { field, fieldless }] of Object.entries(allSettings)) {
    expect(docs).toContain(field?.label ?? fieldless);
  }
});

it('every flag of a command is that of a setting, and told in docs/settings.md', () => {
  const known = Object.values(allSettings).map(({ flag }) => flag);
  const further = commands.flatMap(({ commands }) => commands).flatMap((each) => [each, ...each.commands]);
  const flags = [
    ...['thumbs', 'fetch', 'map', 'work'].flatMap(flagsOf),
    ...further.flatMap(({ options }) => options.map(({ long }) => long ?? '')),
  ];
  expect(flags.filter((flag) => !known.includes(flag))).toEqual([]);
  expect(flags.filter((flag) => !docs.includes(`\`${flag}`))).toEqual([]);
  expect(known.filter((flag) => flag !== undefined && !flags.includes(flag))).toEqual([]);
});

it('help tells bounds, choices and defaults of the table', () => {
  expect(helpOf('fetch')).toContain(`--per-host <n>           ${fetchSettings.perHost.help} (default: 6)`);
  expect(helpOf('thumbs')).toContain(`${thumbnailSettings.quality.help} (default: 80)`);
});

it('a key and a flag mean one thing', () => {
  const named = Object.values(settingGroups)
    .flatMap((settings) => Object.entries<Setting>(settings))
    // A fetch and a person's own function have them both, each with bounds and a default that suit it.
    .filter(([, setting]) => setting !== mapSettings.retries && setting !== mapSettings.timeoutMs);
  // Where two commands have a setting, it is the same one.
  expect(new Set(named.map(([key]) => key)).size).toBe(new Set(named.map(([, setting]) => setting)).size);
  const flags = Object.entries(allSettings).flatMap(([key, { flag, partOf }]) =>
    flag === undefined || partOf !== undefined || key === 'timeoutMs' ? [] : [flag],
  );
  expect(new Set(flags).size).toBe(flags.length);
});

it('a request takes every setting, each where it belongs', () => {
  const of = (where: Setting['of']) =>
    Object.entries<Setting>(fetchSettings).flatMap(([key, setting]) => (setting.of === where ? [key] : []));
  expect(Object.keys(fetchAccessSettings).toSorted()).toEqual(of('access').toSorted());
  expect(Object.keys(fetchRecipeSettings)).toEqual(of(undefined));
});
