import type { Stats } from 'node:fs';
import { dirname, join, normalize, resolve, sep } from 'node:path';
import type { ThumbnailRequest } from '../../../shared/requests.ts';
import { thumbnailFolder } from '../../../shared/settings/choices.ts';
import { realPath } from '../../files/real-path.ts';
import { kindOfName } from '../../names/output-name.ts';
import { isSystemFolder, Selection } from '../walk/selection.ts';

interface Place {
  readonly folder: string;
  /** The path below the root, with `/` as separator and at its end; '' for the root itself. */
  readonly below: string;
  readonly isWalked: boolean;
}

/** Tells what in a watched folder is none of a run's images: what a walk passes over, and where a run writes. */
export class PassedOver {
  readonly #root: string;
  readonly #recursive: boolean;
  readonly #selection: Selection;
  readonly #outputs: ReadonlySet<string>;
  readonly #isOutputFolder: (folder: string) => boolean;
  /** The folder that was asked about last: its files come one after the other. */
  #last: Place | undefined;

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
    const { name, place } = this.#split(path);
    // The root itself, and what lies elsewhere.
    if (!place) return false;
    if (!place.isWalked || name.startsWith('.')) return true;
    if (this.#selection.excludes(place.below + name) || this.#outputs.has(path)) return true;
    // What has any name may be a folder; it is asked about again once it is known what it is.
    if (stats?.isFile()) return !this.#isImage(place, name);
    return stats !== undefined && (!this.#isEntered(path, name) || this.#isFilled(path));
  }

  /** Whether a walk would take a file of this name, or look into it to find out. */
  isImage(path: string): boolean {
    const { name, place } = this.#split(path);
    return place !== undefined && this.#isImage(place, name);
  }

  #isImage({ below }: Place, name: string): boolean {
    return kindOfName(name) !== 'other' && this.#selection.matches(below + name);
  }

  /** Whether outputs are in a folder, by whatever path it is reached. */
  #isFilled(folder: string): boolean {
    const real = realPath(folder);
    return this.#outputs.has(real) || this.#isOutputFolder(folder) || this.#isOutputFolder(real);
  }

  #isEntered(folder: string, name: string): boolean {
    return this.#recursive && !name.startsWith('.') && !isSystemFolder(name) && !this.#outputs.has(folder);
  }

  #split(given: string): { readonly name: string; readonly place?: Place } {
    const path = sep === '/' ? given : normalize(given);
    const end = path.lastIndexOf(sep);
    const name = path.slice(end + 1);
    const folder = dirname(path);
    if (path === this.#root) return { name };
    if (this.#last?.folder !== folder) {
      const place = this.#placeOf(folder);
      if (!place) return { name };
      this.#last = place;
    }
    return { name, place: this.#last };
  }

  /** Undefined of what lies elsewhere. */
  #placeOf(folder: string): Place | undefined {
    if (folder === this.#root) return { folder, below: '', isWalked: true };
    const top = this.#root.endsWith(sep) ? this.#root : this.#root + sep;
    if (!folder.startsWith(top)) return undefined;
    const names = folder.slice(top.length).split(sep);
    const isWalked = names.every((name, place) => {
      const upTo = names.slice(0, place + 1);
      return this.#isEntered(top + upTo.join(sep), name) && !this.#selection.excludes(upTo.join('/'));
    });
    return { folder, below: `${names.join('/')}/`, isWalked };
  }
}
