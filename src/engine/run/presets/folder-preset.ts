import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../../shared/failure.ts';
import { parseFolderSettings } from '../../../shared/presets/folder-preset.ts';
import { readSmallFile } from '../../files/read-small-file.ts';

const file = 'shoal.json';

/**
 * The settings that the shoal.json of a folder names; undefined if there is none.
 * @throws UsageError if it cannot be used, with the line.
 */
export function readFolderSettings(folder: string): Readonly<Record<string, unknown>> | undefined {
  const path = join(folder, file);
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return undefined;
  // What it leads to was not put there by whoever made the folder.
  if (stat.isSymbolicLink())
    throw new UsageError(`${file} is a link. The settings of a folder are a file in it.`);
  return parseFolderSettings(readSmallFile(path, 'configuration').toString('utf8'), file);
}
