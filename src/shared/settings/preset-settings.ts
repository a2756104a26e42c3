import type { Settings } from './setting.ts';

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
