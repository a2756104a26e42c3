import type { Option } from 'commander';
import { fetchSettings } from '../../shared/settings/fetch-settings.ts';
import { runSettings, tuneSettings, walkSettings } from '../../shared/settings/run-settings.ts';
import type { Setting, Settings } from '../../shared/settings/setting.ts';
import { thumbnailSettings, thumbsOfFetchedSettings } from '../../shared/settings/thumbnail-settings.ts';
import { optionOf, optionWithThumbs } from './option-of.ts';

/** The flags that each command puts in a place of its own. */
export const option = {
  pool: (byDefault: string) => optionOf(runSettings.poolSize, `${runSettings.poolSize.help}: ${byDefault}`),
  json: () => optionOf(runSettings.json),
  out: (byDefault: string) =>
    optionOf(runSettings.outputFolder, `${runSettings.outputFolder.help} (default: ${byDefault})`),
  force: () => optionOf(runSettings.force),
  durable: () => optionOf(runSettings.durable),
  dryRun: () => optionOf(runSettings.dryRun),
  size: () => optionOf(thumbnailSettings.box),
  sizes: () => optionOf(tuneSettings.sizes),
} as const;

/** The flags of a recipe of thumbnails, in the order of the help. */
export const thumbnailOptions = (): Option[] => optionsOf(thumbnailSettings);

/** The flags of what is taken of folders. */
export const walkOptions = (): Option[] => optionsOf(walkSettings);

/** The flags of `shoal fetch`, in the order of its help: those of its thumbnails stand behind `--thumbs`. */
export const fetchOptions = (): Option[] =>
  withFlags(fetchSettings).flatMap((setting) => [
    optionOf(setting),
    ...(setting.type === 'thumbnail' ? Object.values(thumbsOfFetchedSettings).map(optionWithThumbs) : []),
  ]);

function optionsOf(settings: Settings): Option[] {
  return withFlags(settings).map((setting) => optionOf(setting));
}

/** Without those that the flag of another one gives. */
function withFlags(settings: Settings): Setting[] {
  return Object.values(settings).filter(({ flag, partOf }) => flag !== undefined && partOf === undefined);
}
