import {
  listPresets,
  type PresetList,
  removePreset,
  savePreset,
} from '../../engine/run/front-ends/presets.ts';
import { settingsOfPreset } from '../../shared/presets/preset.ts';
import { visibleText } from '../../shared/visible-text.ts';
import type { PresetHandlers } from './handlers.ts';

/** The handlers for the person's own presets. They are read anew each time: a person may edit their files. */
export function presetHandlers(): PresetHandlers {
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
  };
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
