import { join, resolve } from 'node:path';
import { UsageError } from '../../../shared/failure.ts';
import { builtInPresets } from '../../../shared/presets/built-in-presets.ts';
import { type Preset, parsePreset } from '../../../shared/presets/preset.ts';
import { isSamePresetName, presetName } from '../../../shared/presets/preset-name.ts';
import { readSmallFile } from '../../files/read-small-file.ts';
import { systemItemError } from '../../files/system-error.ts';
import { fileOfPreset, presetFolder } from './preset-files.ts';

export interface FoundPreset {
  readonly name: string;
  readonly preset: Preset;
  /** Where one's own is. */
  readonly file?: string;
}

/**
 * The preset of a name, in whatever case: of those that Shoal has itself and of one's own.
 * @returns undefined if there is none.
 * @throws UsageError if its file cannot be used, with the line of what is wrong.
 */
export function findPreset(asked: string, folder = presetFolder()): FoundPreset | undefined {
  const name = presetName(asked);
  const builtIn = builtInPresets.find((preset) => isSamePresetName(preset.name, name));
  if (builtIn) return { name: builtIn.name, preset: { task: builtIn.task, settings: builtIn.settings } };
  const found = fileIn(folder, name);
  if (found === undefined) return undefined;
  const file = join(folder, found);
  return { name, preset: presetOfFile(file, 'preset'), file };
}

function fileIn(folder: string, name: string): string | undefined {
  try {
    return fileOfPreset(folder, name);
  } catch (cause) {
    throw new UsageError(systemItemError(cause, folder, 'read').message, { cause });
  }
}

/** The preset that a file of any name holds. @throws UsageError with the line of what is wrong. */
export function readRecipe(path: string): Preset {
  if (path === '-') throw new UsageError('Expected the file of a recipe: standard input is for lists.');
  return presetOfFile(resolve(path), 'recipe', path);
}

function presetOfFile(file: string, what: string, shown = file): Preset {
  return parsePreset(readSmallFile(file, what).toString('utf8'), shown);
}
