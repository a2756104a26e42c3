import { removePreset, savePreset } from '../../../../engine/run/front-ends/presets.ts';
import { UsageError } from '../../../../shared/failure.ts';
import { builtInPresets } from '../../../../shared/presets/built-in-presets.ts';
import { type PresetTask, sparePreset } from '../../../../shared/presets/preset.ts';
import { isSamePresetName, presetName } from '../../../../shared/presets/preset-name.ts';
import { assertPresetIsThere } from '../../../defaults/apply-preset.ts';
import { out } from '../../../output/streams.ts';
import { isToldTo } from '../../../process/ask.ts';
import { exitCode } from '../../../process/exit-codes.ts';
import { type FetchFlags, requestOf } from '../fetch.ts';
import { recipeOf } from '../map.ts';
import { type ThumbsFlags, requestOf as thumbnailRequestOf } from '../thumbs.ts';

/** The flags of a task, and what is to be done where the name is taken. */
export interface SaveFlags {
  readonly yes?: boolean;
  /** What another preset has that the task has no flag for. */
  readonly withoutFlag?: Readonly<Record<string, unknown>>;
}

/**
 * `shoal presets save TASK NAME`: keeps the settings of the flags, checked as those of a run.
 * @returns the exit code.
 */
export async function savePresetOf(task: PresetTask, name: string, flags: SaveFlags): Promise<number> {
  const preset = sparePreset(task, { ...flags.withoutFlag, ...(await settingsOf(task, flags)) });
  const isSaved = (replace: boolean) => savePreset({ name, preset }, { replace }) === 'saved';
  if (!isSaved(flags.yes ?? false)) {
    const question = `There is a preset ${presetName(name)} already. Replace it?`;
    if (!(await isToldTo(question, 'replaces it'))) {
      out.line('Nothing was saved.');
      return exitCode.fine;
    }
    isSaved(true);
  }
  out.line(`The preset ${presetName(name)} is saved.`);
  return exitCode.fine;
}

/**
 * `shoal presets remove NAME`, also of a file that cannot be used.
 * @returns the exit code.
 */
export async function removePresetOf(
  name: string,
  { yes = false }: { readonly yes?: boolean },
): Promise<number> {
  if (builtInPresets.some((preset) => isSamePresetName(preset.name, presetName(name))))
    throw new UsageError(`Shoal has the preset ${presetName(name)} itself: it cannot be removed.`);
  assertPresetIsThere(name);
  if (!yes && !(await isToldTo(`Remove the preset ${presetName(name)}?`, 'removes it'))) {
    out.line('Nothing was removed.');
    return exitCode.fine;
  }
  removePreset(name);
  out.line(`The preset ${presetName(name)} is removed.`);
  return exitCode.fine;
}

/** Inputs stand for whatever a run will have: the request is made to check the flags together. */
async function settingsOf(task: PresetTask, flags: object): Promise<object> {
  switch (task) {
    case 'thumbs': {
      const { recipe, ...request } = thumbnailRequestOf(['.'], flags as ThumbsFlags);
      return { ...request, ...recipe };
    }
    case 'fetch': {
      const { recipe, ...request } = await requestOf(['http://localhost'], flags as FetchFlags);
      return { ...request, ...recipe };
    }
    case 'map':
      return recipeOf(flags);
  }
}
