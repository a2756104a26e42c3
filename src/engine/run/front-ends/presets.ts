/** What front ends need of presets. A door of its own, so that a command without one does not load their schemas. */

export { type FoundPreset, findPreset, readRecipe } from '../presets/find-preset.ts';
export { readFolderSettings } from '../presets/folder-preset.ts';
export {
  listPresets,
  namesOfPresets,
  type PresetList,
  removePreset,
  savePreset,
} from '../presets/preset-files.ts';
