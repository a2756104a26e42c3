import type { Stats } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { ThumbnailRequest } from '../../../shared/requests.ts';
import { thumbnailFolder } from '../../../shared/settings/choices.ts';
import { realPath } from '../../files/real-path.ts';
import { kindOfName } from '../../names/output-name.ts';
import { isSystemFolder, Selection } from '../walk/selection.ts';

/** Tells what in a watched folder is none of a run's images: what a walk passes over, and where a run writes. */
export class PassedOver {
  readonly #root: string;
  readonly #recursive: boolean;
  readonly #selection: Selection;
  readonly #outputs: ReadonlySet<string>;
  readonly #isOutputFolder: (folder: string) => boolean;

  /** @param isOutputFolder tells of other folders that hold outputs. */
  constructor(
    root: string,
    request: Pick<ThumbnailRequest, 'recursive' | 'match' | 'exclude' | 'outputFolder'>,
    isOutputFolder: (folder: string) => boolean,
  ) {
    this.#root = root;
    this.#recursive = request.recursive;
    this.#selection = new Selection(request);
    const usual = join(root, thumbnailFolder);
    const outputs = request.outputFolder === undefined ? [usual] : [usual, resolve(request.outputFolder)];
    this.#outputs = new Set(outputs.flatMap((folder) => [folder, realPath(folder)]));
    this.#isOutputFolder = isOutputFolder;
  }

  /** @param stats of what is there, once it is known. */
  has(path: string, stats?: Pick<Stats, 'isFile'>): boolean {
    const names = this.#namesBelow(path);
    const [name] = names.slice(-1);
    if (name === undefined) return false;
    if (names.slice(0, -1).some((_, place) => this.#isNotWalked(names.slice(0, place + 1)))) return true;
    if (name.startsWith('.') || this.#selection.excludes(names.join('/'))) return true;
    if (this.#outputs.has(path)) return true;
    // What has any name may be a folder; it is asked about again once it is known what it is.
    if (stats?.isFile()) return !this.isImage(path);
    return stats !== undefined && (this.#isNotWalked(names) || this.#isFilled(path));
  }

  /** Whether a walk would take a file of this name, or look into it to find out. */
  isImage(path: string): boolean {
    const names = this.#namesBelow(path);
    return kindOfName(names.at(-1) ?? '') !== 'other' && this.#selection.matches(names.join('/'));
  }

  /** Whether outputs are in a folder, by whatever path it is reached. */
  #isFilled(folder: string): boolean {
    const real = realPath(folder);
    return this.#outputs.has(real) || this.#isOutputFolder(folder) || this.#isOutputFolder(real);
  }

  #isNotWalked(names: readonly string[]): boolean {
    const name = names.at(-1) ?? '';
    return (
      !this.#recursive ||
      name.startsWith('.') ||
      isSystemFolder(name) ||
      this.#outputs.has(join(this.#root, ...names)) ||
      this.#selection.excludes(names.join('/'))
    );
  }

  /** None of the root itself, nor of what lies elsewhere. */
  #namesBelow(path: string): string[] {
    const below = relative(this.#root, path);
    const names = below === '' ? [] : below.split(sep);
    return names[0] === '..' ? [] : names;
  }
}
