import { fetchSettings } from './fetch-settings.ts';
import { mapRecipeSettings, mapSettings } from './map-settings.ts';
import {
  clusterSettings,
  presetSettings,
  runSettings,
  runsSettings,
  setSettings,
  tuneSettings,
  walkSettings,
  workSettings,
} from './run-settings.ts';
import type { Setting, Settings } from './setting.ts';
import { tellingSettings } from './telling-settings.ts';
import { thumbnailSettings } from './thumbnail-settings.ts';

/**
 * All settings, in groups by subject. A key or a flag means the same in every group, but for what a fetch and a person's
 * own function both have: how often it is tried again, and how long is waited for it.
 */
export const settingGroups = {
  thumbnails: thumbnailSettings,
  'folder walks': walkSettings,
  'sets of thumbnails': setSettings,
  fetches: fetchSettings,
  'every run': runSettings,
  'your own function': mapSettings,
  presets: presetSettings,
  'several machines': clusterSettings,
  workers: workSettings,
  'former runs': runsSettings,
  tuning: tuneSettings,
  'every command': tellingSettings,
} as const satisfies Readonly<Record<string, Settings>>;

/** By their keys. A key that is in two groups is that of a fetch: `settingOf` knows them apart. */
export const allSettings: Settings = Object.assign(
  {},
  mapSettings,
  ...Object.values(settingGroups),
  fetchSettings,
);

/** The setting of a key, in a request of this kind. */
export function settingOf(kind: unknown, key: string): Setting | undefined {
  const own: Settings = kind === 'map' ? mapRecipeSettings : {};
  return own[key] ?? allSettings[key];
}
