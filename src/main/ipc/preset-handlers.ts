import { sep } from 'node:path';
import {
  listPresets,
  type PresetList,
  readFolderSettings,
  removePreset,
  savePreset,
} from '../../engine/run/front-ends/presets.ts';
import { settingsOfPreset } from '../../shared/presets/preset.ts';
import type { FolderSettings } from '../../shared/presets/preset-messages.ts';
import { visibleText } from '../../shared/visible-text.ts';
import type { InputRegistry } from '../inputs/input-registry.ts';
import type { PresetHandlers } from './handlers.ts';

/** The handlers for the person's own presets. They are read anew each time: a person may edit their files. */
export function presetHandlers(inputs: InputRegistry): PresetHandlers {
  return {
    'presets:list': async () => shown(listPresets()),
    'presets:save': async ({ name, preset, replace }) => ({
      outcome: savePreset({ name, preset }, { replace }),
      list: shown(listPresets()),
    }),
    'presets:remove': async ({ name }) => {
      removePreset(name);
      return shown(listPresets());
    },
    'presets:of-folder': async ({ input }) => {
      const given = inputs.get(input);
      return given?.kind === 'folder' && 'path' in given ? settingsOfFolder(given.path) : null;
    },
  };
}

/** A folder may come from anybody: that its file is no good is told, and stops nothing. */
function settingsOfFolder(folder: string): FolderSettings | null {
  try {
    const settings = readFolderSettings(folder);
    return settings === undefined ? null : { settings };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // Where the folder lies is not for the page to know.
    return { fault: visibleText(error.message.replaceAll(`${folder}${sep}`, '').replaceAll('\n', ' ')) };
  }
}

/** What files say of themselves is for the eye; the settings in them go into requests as they are. */
function shown({ presets, faults }: PresetList) {
  return {
    presets: presets.map(({ name, preset }) => ({
      name,
      task: preset.task,
      settings: settingsOfPreset(preset),
    })),
    faults: faults.map(({ file, reason }) => ({ file: visibleText(file), reason: visibleText(reason) })),
  };
}
