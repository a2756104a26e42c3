import { fetchAccessSettings, fetchSettings } from '../../shared/settings/fetch-settings.ts';
import { mapRecipeSettings, mapSettings } from '../../shared/settings/map-settings.ts';
import {
  clusterSettings,
  presetSettings,
  runSettings,
  runsSettings,
  setSettings,
  tuneSettings,
  walkSettings,
  workSettings,
} from '../../shared/settings/run-settings.ts';
import type { Setting, Settings } from '../../shared/settings/setting.ts';
import { tellingSettings } from '../../shared/settings/telling-settings.ts';
import { thumbnailSettings, thumbsOfFetchedSettings } from '../../shared/settings/thumbnail-settings.ts';
import { optionOf, optionWithThumbs } from './option-of.ts';
import { parseMetricsAddress } from './parsers.ts';
import type { SettingOption } from './setting-option.ts';

/** Flags that do not come from a group: each command places them itself. */
export const option = {
  pool: (byDefault: string) =>
    optionOf(runSettings.poolSize, `${runSettings.poolSize.help} (default: ${byDefault})`),
  json: () => optionOf(runSettings.json),
  timings: () => optionOf(runSettings.timings),
  out: (byDefault: string) =>
    optionOf(runSettings.outputFolder, `${runSettings.outputFolder.help} (default: ${byDefault})`),
  outOfQueue: () =>
    optionOf(runSettings.outputFolder, 'with --queue: the folder that all machines see').onlyWith('queue'),
  force: () => optionOf(runSettings.force),
  durable: () => optionOf(runSettings.durable),
  shard: () => optionOf(runSettings.shard),
  journal: () => optionOf(runSettings.journal),
  dryRun: () => optionOf(runSettings.dryRun),
  size: () => optionOf(thumbnailSettings.box),
  dataAgain: () =>
    optionOf(mapSettings.data, 'of map, JSON: other options, or those that the journal does not keep'),
  order: () => optionOf(mapSettings.order),
  null: () => optionOf(mapSettings.nullItems),
  preset: () => optionOf(presetSettings.preset),
  recipe: () => optionOf(presetSettings.recipeFile),
  folderSettings: () => optionOf(presetSettings.folderSettings),
  queue: () => optionOf(clusterSettings.queue),
  queueOfRun: () => optionOf(clusterSettings.queue, 'the queue that has the run (default: SHOAL_QUEUE)'),
  detach: () => optionOf(clusterSettings.detach),
  only: () => optionOf(runsSettings.onlyCodes),
  yes: () => optionOf(runsSettings.yes),
  html: () => optionOf(runsSettings.html),
  metrics: () => optionOf(workSettings.metrics).argParser(parseMetricsAddress),
  places: () => optionOf(workSettings.workPlaces),
  sizes: () => optionOf(tuneSettings.sizes),
  chart: () => optionOf(tuneSettings.chart),
} as const;

/** The flags of the thumbnail recipe, in the order of the help. */
export const thumbnailOptions = (): SettingOption[] => optionsOf(thumbnailSettings);

/** The flags for how a person's own function is applied. */
export const mapRecipeOptions = (): SettingOption[] => optionsOf(mapRecipeSettings);

/** The flags that choose which files of a folder are taken. */
export const walkOptions = (): SettingOption[] => optionsOf(walkSettings);

/** The flags for what is made of all thumbnails together. */
export const setOptions = (): SettingOption[] => optionsOf(setSettings);

/** The flags of `shoal fetch` for what no journal keeps. */
export const accessOptions = (): SettingOption[] => [
  optionOf(fetchSettings.headers),
  ...optionsOf(fetchAccessSettings),
];

/** What means nothing without another flag. */
const companions: Readonly<Record<string, string>> = {
  '--no-originals': 'thumbs',
  '--tar-items': 'dataset',
  '--tar-bytes': 'dataset',
};

/** The flags of `shoal fetch`, in the order of its help: the flags of its thumbnails follow `--thumbs`. */
export const fetchOptions = (): SettingOption[] =>
  withFlags<Setting>(fetchSettings).flatMap((setting) => [
    optionOf(setting).onlyWith(companions[setting.flag ?? '']),
    ...(setting.type === 'thumbnail' ? withFlags(thumbsOfFetchedSettings).map(optionWithThumbs) : []),
  ]);

/** Those of them that a preset holds: neither what is fetched, nor headers, nor what gives access. */
export const fetchOptionsOfPresets = (): SettingOption[] =>
  fetchOptions().filter(({ setting }) => setting.of === undefined && setting !== fetchSettings.headers);

/** The flags of every command. */
export const tellingOptions = (): SettingOption[] =>
  optionsOf(tellingSettings).map((each) => each.helpGroup('Options of every command:'));

function optionsOf(settings: Settings): SettingOption[] {
  return withFlags(settings).map((setting) => optionOf(setting));
}

/** The settings that have a flag of their own: those set through another setting's flag are left out. */
function withFlags<Each extends Setting>(settings: Readonly<Record<string, Each>>): Each[] {
  return Object.values(settings).filter(({ flag, partOf }) => flag !== undefined && partOf === undefined);
}
