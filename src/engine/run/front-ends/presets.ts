/** What front ends need of presets. A door of its own, so that a command without one does not load their schemas. */

export { listPresets, type PresetList, removePreset, savePreset } from '../presets/preset-files.ts';
