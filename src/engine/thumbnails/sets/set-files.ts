import { lstatSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { ItemError, UsageError } from '../../../shared/failure.ts';
import { formatOfExtension } from '../../../shared/image-formats.ts';
import type { ThumbnailRequest } from '../../../shared/requests.ts';
import { extensionsOfSets, type SetKind, setKinds } from '../../../shared/settings/set-kinds.ts';
import { alreadyThere } from '../../files/already-there.ts';
import { assertWritable } from '../../files/open-output-folder.ts';
import { isWithin, realPath } from '../../files/real-path.ts';
import { systemItemError } from '../../files/system-error.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { contentOfFile } from '../walk/content-of-file.ts';

/** Of a folder of pictures, or a person's own. */
const settingsFile = 'shoal.json';

export interface SetFilesOptions {
  readonly ledger?: Ledger | undefined;
  readonly force?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  readonly originals: { readonly has: (path: string) => Promise<boolean> };
  /** The folders that the run makes. */
  readonly outputFolders: readonly string[];
}

/** Which files the sets of a run are written to, and whether they may be. */
export class SetFiles {
  readonly #options: SetFilesOptions;

  constructor(options: SetFilesOptions) {
    this.#options = options;
  }

  /**
   * The files that are asked for.
   * @throws UsageError if one of them cannot be written: a run of an hour is not to end with that.
   */
  async check(request: ThumbnailRequest): Promise<ReadonlyMap<SetKind, string>> {
    const files = new Map<SetKind, string>();
    for (const kind of setKinds) {
      const named = request[kind];
      if (named === undefined) continue;
      assertLocal(kind, named);
      const file = resolve(named);
      assertName(kind, file);
      try {
        this.#assertFolder(file);
        await this.claim(file);
      } catch (error) {
        if (error instanceof ItemError) throw new UsageError(error.message, { cause: error, setting: kind });
        throw error;
      }
      files.set(kind, file);
    }
    return files;
  }

  /** @throws ItemError if the file is an original, or somebody else's. */
  async claim(file: string): Promise<void> {
    const { ledger, force = false, originals } = this.#options;
    const there = lstatSync(file, { throwIfNoEntry: false });
    if (!there || (there.isFile() && ledger?.setFiles().get(realNameOf(file)) === there.size)) return;
    if ((await couldBeImage(file)) && (await originals.has(file))) {
      throw new ItemError('OUTPUT_IS_INPUT', `${file} is one of the originals: it is not replaced.`);
    }
    if (!there.isFile()) throw new ItemError('OUTPUT_EXISTS', `${file} is there already and is not a file.`);
    const thumbnail = ledger?.byOutput(file);
    if (thumbnail?.bytes === there.size) {
      throw new ItemError('OUTPUT_EXISTS', `${file} is the thumbnail of ${thumbnail.input}.`);
    }
    if (!force) throw alreadyThere(file);
  }

  /** Remembers a file that was written: it is ours, and no original. */
  record(file: string, bytes: number): void {
    this.#options.ledger?.recordSetFile(realNameOf(file), bytes);
  }

  #assertFolder(file: string): void {
    const folder = dirname(file);
    const { dryRun = false, outputFolders } = this.#options;
    try {
      // A run makes its output folders, a dry run does not.
      if (dryRun && outputFolders.some((output) => isWithin(folder, output))) return;
      if (!statSync(folder).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
      assertWritable(folder);
    } catch (error) {
      throw systemItemError(error, folder, 'write');
    }
  }
}

/** The file's path without the symlinks of its folder. */
function realNameOf(file: string): string {
  return join(realPath(dirname(file)), basename(file));
}

/** All files of a folder with originals count as originals; a page or a JSON file in it is none. */
async function couldBeImage(file: string): Promise<boolean> {
  if (formatOfExtension(extname(file).slice(1).toLowerCase()) !== undefined) return true;
  return (await contentOfFile(file)) !== undefined;
}

function assertLocal(kind: SetKind, named: string): void {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(named))
    throw new UsageError(`${named} is not a file on this machine: sets are written nowhere else.`, {
      setting: kind,
    });
}

function assertName(kind: SetKind, file: string): void {
  const allowed = extensionsOfSets[kind];
  if (!allowed.includes(extname(file).toLowerCase()))
    throw new UsageError(`${basename(file)} ends with none of ${allowed.join(', ')}.`, { setting: kind });
  if (basename(file).toLowerCase() === settingsFile)
    throw new UsageError(`${settingsFile} is the name of settings, which the next run would read.`, {
      setting: kind,
    });
}
