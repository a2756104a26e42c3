import { fetchSettings } from './fetch-settings.ts';
import {
  clusterSettings,
  mapSettings,
  runSettings,
  runsSettings,
  tuneSettings,
  walkSettings,
} from './run-settings.ts';
import type { Settings } from './setting.ts';
import { tellingSettings } from './telling-settings.ts';
import { thumbnailSettings } from './thumbnail-settings.ts';

/** All settings, in groups by subject. A key or a flag means the same in every group. */
export const settingGroups = {
  thumbnails: thumbnailSettings,
  'folder walks': walkSettings,
  fetches: fetchSettings,
  'every run': runSettings,
  'your own function': mapSettings,
  'several machines': clusterSettings,
  'former runs': runsSettings,
  tuning: tuneSettings,
  'every command': tellingSettings,
} as const satisfies Readonly<Record<string, Settings>>;

export const allSettings: Settings = Object.assign({}, ...Object.values(settingGroups));
