import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { isWithin, realPath } from '../../engine/run/front-ends/config.ts';
import { shownJson } from '../../shared/checks/json-text.ts';
import { UsageError } from '../../shared/failure.ts';
import { folderSettings } from '../../shared/presets/folder-settings.ts';
import { allSettings } from '../../shared/settings/all-settings.ts';
import type { SettingOption } from '../flags/setting-option.ts';
import { ConfigFile } from './config-file.ts';
import { pathInFolder, statInFolder } from './config-path.ts';
import { keysOfSections } from './default-names.ts';
import { naming } from './naming.ts';
import { valueOfJson } from './value-of-json.ts';

/** The one section that the file of a folder has: no other command is given a folder. */
const section = 'thumbs';

/** A value that the file of a folder gives, and its place. */
export interface FolderValue {
  readonly key: string;
  /** As it is written. */
  readonly json: unknown;
  readonly value: unknown;
  readonly from: string;
}

/**
 * What the shoal.json of a folder says: settings of the folder's own pictures. It is not trusted, whoever it belongs to, and
 * so it can only set what stays within the folder and gives nothing away.
 */
export class FolderFile {
  readonly path: string;
  readonly #values: ReadonlyMap<string, FolderValue>;

  private constructor(path: string, values: readonly FolderValue[]) {
    this.path = path;
    this.#values = new Map(values.map((each) => [each.key, each]));
  }

  /**
   * @returns undefined if the folder has none.
   * @throws UsageError with a sentence for each thing that is wrong with it, or that it may not set.
   */
  static read(program: Command, folder: string): FolderFile | undefined {
    const path = pathInFolder(folder);
    const stat = statInFolder(folder);
    if (!stat) return undefined;
    // What it would lead to was not put there by whoever made the folder, and would be quoted in messages.
    if (stat.isSymbolicLink())
      throw refusal([`${path} is a link. The settings of a folder are a file in it.`]);
    const known = keysOfSections(program);
    const options = known.get(section) ?? new Map<string, SettingOption>();
    try {
      const file = ConfigFile.read(path, known);
      if (!file) return undefined;
      const values = file.entries().map((entry) => valueIn(file, entry, options, folder));
      const faults = values.filter((each) => typeof each === 'string');
      if (faults.length > 0) throw new UsageError(faults);
      return new FolderFile(
        path,
        values.filter((each) => typeof each !== 'string'),
      );
    } catch (cause) {
      if (!(cause instanceof UsageError)) throw cause;
      throw refusal(cause.sentences, cause);
    }
  }

  find(key: string): FolderValue | undefined {
    return this.#values.get(key);
  }

  values(): FolderValue[] {
    return [...this.#values.values()];
  }
}

/** The value, or what is wrong with it. */
function valueIn(
  file: ConfigFile,
  {
    section: of,
    key,
    value: json,
  }: { readonly section: string; readonly key: string; readonly value: unknown },
  options: ReadonlyMap<string, SettingOption>,
  folder: string,
): FolderValue | string {
  const from = file.placeOf(of, key);
  if (of !== section) return `${file.placeOf(of)}: The shoal.json of a folder has settings of thumbs alone.`;
  const option = options.get(key);
  const name = Object.keys(folderSettings).find((each) => allSettings[each] === option?.setting);
  const allowed = folderSettings[name ?? ''];
  if (!option || !allowed) return `${from}: The shoal.json of a folder cannot set ${key}.`;
  const value = naming(from, () => valueOfJson(option, json));
  const fault = allowed(value);
  if (fault !== undefined) return `${from}: Expected ${key} to be ${fault}, got ${shownJson(json)}.`;
  if (name !== 'outputFolder') return { key, json, value, from };
  const place = join(folder, String(value));
  if (isWithin(realPath(resolve(place)), realPath(resolve(folder)))) return { key, json, value: place, from };
  return `${from}: A link leads out of the folder by ${key}: ${shownJson(json)}.`;
}

function refusal(sentences: readonly string[], cause?: unknown): UsageError {
  const way = '--no-folder-settings leaves the shoal.json of the folder out.';
  return new UsageError([...sentences, way], { cause });
}
