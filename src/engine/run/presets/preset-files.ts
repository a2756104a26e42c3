import { readdirSync, unlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../../../shared/failure.ts';
import { type Preset, parsePreset, sparePreset } from '../../../shared/presets/preset.ts';
import {
  isSamePresetName,
  presetName,
  presetNameFault,
  presetNameFaults,
} from '../../../shared/presets/preset-name.ts';
import { makeFolders } from '../../files/make-folders.ts';
import { PartFile } from '../../files/parts/part-file.ts';
import { readSmallFile } from '../../files/read-small-file.ts';
import { configFolder } from '../../files/state/config-folder.ts';
import { isSystemError, systemItemError } from '../../files/system-error.ts';
import { writeWhole } from '../../files/write-whole.ts';

/** One of the person's own: a file of its name in the folder of presets. */
export interface OwnPreset {
  readonly name: string;
  readonly preset: Preset;
}

/** A file of the folder that is no preset, and why, in a sentence. */
interface PresetFault {
  readonly file: string;
  readonly reason: string;
}

export interface PresetList {
  readonly presets: readonly OwnPreset[];
  readonly faults: readonly PresetFault[];
}

/** More files than a person writes: they are read while the window waits. */
const mostFiles = 500;
const extension = /\.json$/i;

export function presetFolder(): string {
  return join(resolve(configFolder()), 'presets');
}

/** All presets of one's own by their names, and what lies beside them and cannot be used. */
export function listPresets(folder = presetFolder()): PresetList {
  const presets: OwnPreset[] = [];
  const faults: PresetFault[] = [];
  let files: string[];
  try {
    files = presetFiles(folder);
  } catch (error) {
    return { presets, faults: [{ file: 'presets', reason: reasonOf(error, folder, 'presets') }] };
  }
  for (const file of files.slice(0, mostFiles)) {
    try {
      const name = nameOf(file);
      const twin = presets.find((other) => isSamePresetName(other.name, name));
      if (twin) throw new UsageError(`Only case or accents tell its name from that of ${twin.name}.`);
      presets.push({ name, preset: readPreset(folder, file) });
    } catch (error) {
      faults.push({ file, reason: reasonOf(error, join(folder, file), file) });
    }
  }
  const left = files[mostFiles];
  if (left !== undefined)
    faults.push({
      file: left,
      reason: `Only ${mostFiles} presets are read: this one and what follows it is not.`,
    });
  return { presets, faults };
}

/**
 * Keeps a preset as a file, whole or not at all.
 * @returns `taken` if there is a file of that name, whatever is in it, which is replaced only where that is asked for.
 * @throws UsageError if no preset can have the name.
 */
export function savePreset(
  { name: asked, preset: { task, settings } }: OwnPreset,
  { replace = false, folder = presetFolder() }: { readonly replace?: boolean; readonly folder?: string } = {},
): 'saved' | 'taken' {
  const name = presetName(asked);
  assertName(name);
  const text = `${JSON.stringify(sparePreset(task, settings), null, 2)}\n`;
  const there = fileIn(folder, name);
  if (there === undefined) return placeAsNew(join(folder, `${name}.json`), text);
  if (!replace) return 'taken';
  writeWhole(join(folder, there), Buffer.from(text));
  return 'saved';
}

/** The names that one's own presets have, whether their files can be used or not; none where they cannot be read. */
export function namesOfPresets(folder = presetFolder()): string[] {
  let files: string[];
  try {
    files = presetFiles(folder);
  } catch {
    return [];
  }
  return files
    .map((file) => presetName(file.replace(extension, '')))
    .filter((name) => presetNameFault(name) === undefined);
}

/** Removes one's own preset; nothing where it is gone already. */
export function removePreset(name: string, folder = presetFolder()): void {
  const file = fileOfPreset(folder, presetName(name));
  if (file === undefined) return;
  try {
    unlinkSync(join(folder, file));
  } catch (error) {
    throw systemItemError(error, join(folder, file), 'write');
  }
}

/** Makes the folder if it is not there yet. */
function fileIn(folder: string, name: string): string | undefined {
  try {
    makeFolders(folder);
    return fileOfPreset(folder, name);
  } catch (error) {
    throw systemItemError(error, folder, 'write');
  }
}

/** Another program may have taken the name since it was looked for. */
function placeAsNew(path: string, text: string): 'saved' | 'taken' {
  let part: PartFile | undefined;
  try {
    part = PartFile.create(dirname(path));
    part.append(Buffer.from(text));
    if (part.placeAsNew(path)) return 'saved';
  } catch (error) {
    part?.discard();
    throw systemItemError(error, path, 'write');
  }
  part.discard();
  return 'taken';
}

function presetFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((file) => extension.test(file) && !file.startsWith('.'))
      .sort((one, other) => one.localeCompare(other, 'en'));
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** The file that has this name already; exactly this one, where there are several that differ by case. */
export function fileOfPreset(folder: string, name: string): string | undefined {
  const files = presetFiles(folder).filter((file) => isSamePresetName(file.replace(extension, ''), name));
  return files.find((file) => file.replace(extension, '') === name) ?? files[0];
}

/** @throws UsageError if it cannot be the name of a preset. */
function nameOf(file: string): string {
  const name = file.replace(extension, '').normalize('NFC');
  assertName(name);
  return name;
}

function readPreset(folder: string, file: string): Preset {
  return parsePreset(readSmallFile(join(folder, file), 'preset').toString('utf8'));
}

function assertName(name: string): void {
  const fault = presetNameFault(name);
  if (fault !== undefined) throw new UsageError(presetNameFaults[fault]);
}

/** In terms of the file's name: where the folder lies is not for everybody to know. */
function reasonOf(error: unknown, path: string, file: string): string {
  const cause = error instanceof Error && isSystemError(error.cause) ? error.cause : error;
  const { message } = isSystemError(cause) ? systemItemError(cause, file, 'read') : (error as Error);
  return message.replaceAll(path, file).replaceAll('\n', ' ');
}
