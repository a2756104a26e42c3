import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { formatOfExtension, type ImageFormat } from '../../../shared/image-formats.ts';
import type { WrittenFormat } from '../../../shared/settings/choices.ts';
import { identityOf } from '../../files/file-identity.ts';
import { type Entry, entriesOf, kindOf } from '../../names/folder-entries.ts';
import { extensionOf, type KindOfName, kindOfName } from '../../names/output-name.ts';
import { findFfmpeg } from '../formats/video/find-ffmpeg.ts';
import { contentOfFile } from './content-of-file.ts';
import { isSystemFolder, Selection, type SelectionOptions } from './selection.ts';

/** The entries of one folder that a walk uses. */
export interface FolderEntries {
  /** Its images, in code-unit order. */
  readonly names: readonly string[];
  /** The formats of those whose names do not tell them. */
  readonly contents: ReadonlyMap<string, WrittenFormat>;
  /** The images that are symlinks. */
  readonly links: readonly string[];
  /** The folders in it, in code-unit order. */
  readonly subfolders: readonly string[];
  /** The identities of the folders that symlinks among these lead to. */
  readonly targets: ReadonlyMap<string, string>;
  /** Images and folders whose names are not UTF-8, told by their bytes: no path of text leads there. */
  readonly unreachable: readonly string[];
  /** What is not taken, each with the reason. */
  readonly leftOut: readonly LeftOutEntry[];
}

/**
 * An image in a format that is not read, a video where ffmpeg is not installed, a folder of the system's, or what was asked
 * to be left out.
 */
export interface LeftOutEntry {
  readonly why: 'unread' | 'video' | 'system' | 'excluded';
  /** The kind that it is counted under. */
  readonly what: string;
  readonly name: string;
}

export interface ReaderOptions extends SelectionOptions {
  readonly recursive: boolean;
}

interface Target {
  readonly kind: Entry['kind'];
  readonly identity: string;
}

/** Reads folders, and selects the wanted images and the folders to continue with. */
export class FolderReader {
  readonly #recursive: boolean;
  readonly #selection: Selection;

  constructor(options: ReaderOptions) {
    this.#recursive = options.recursive;
    this.#selection = new Selection(options);
  }

  /** @param below the folder's path below the root, '' for the root. */
  async read(folder: string, below: string): Promise<FolderEntries> {
    const reading = new Reading(folder, below, this.#recursive, this.#selection);
    for (const entry of await entriesOf(folder)) {
      if (entry.name.startsWith('.')) continue;
      // Awaited only if the disk must be asked: of 20,000 names usually none is a symlink.
      const asked = entry.isReachable ? reading.take(entry) : reading.takeUnreachable(entry);
      if (asked) await asked;
    }
    return reading.entries();
  }
}

/** A folder being read. */
class Reading {
  readonly #folder: string;
  readonly #below: string;
  readonly #recursive: boolean;
  readonly #selection: Selection;
  readonly #names: string[] = [];
  readonly #contents = new Map<string, WrittenFormat>();
  readonly #links: string[] = [];
  readonly #subfolders: string[] = [];
  readonly #targets = new Map<string, string>();
  readonly #unreachable: string[] = [];
  readonly #leftOut: LeftOutEntry[] = [];
  #hasFfmpeg: boolean | undefined;

  constructor(folder: string, below: string, recursive: boolean, selection: Selection) {
    this.#folder = folder;
    this.#below = below;
    this.#recursive = recursive;
    this.#selection = selection;
  }

  entries(): FolderEntries {
    return {
      names: this.#names.sort(),
      contents: this.#contents,
      links: this.#links,
      subfolders: this.#subfolders.sort(),
      targets: this.#targets,
      unreachable: this.#unreachable.sort(),
      leftOut: this.#leftOut,
    };
  }

  take(entry: Entry): Promise<void> | undefined {
    if (entry.isSymbolicLink) return this.#takeLink(entry.name);
    return this.#takeAs(entry.name, entry.kind);
  }

  takeUnreachable({ name, kind, isSymbolicLink }: Entry): undefined {
    const told = kindOfName(name);
    const isWanted =
      kind === 'folder'
        ? this.#recursive && this.#isWalked(name)
        : (isSymbolicLink || kind === 'file') && this.#isChosen(name, told) && told !== 'untold';
    if (isWanted) this.#unreachable.push(name);
  }

  async #takeLink(name: string): Promise<void> {
    const target = await targetOf(join(this.#folder, name));
    await this.#takeAs(name, target.kind, target);
  }

  #takeAs(name: string, kind: Target['kind'], target?: Target): Promise<void> | undefined {
    if (kind === 'folder' && this.#recursive && this.#isWalked(name)) {
      this.#subfolders.push(name);
      if (target) this.#targets.set(name, target.identity);
    }
    if (kind !== 'file') return undefined;
    const told = kindOfName(name);
    if (!this.#isChosen(name, told)) return undefined;
    if (told === 'read' && this.#isUnreadVideo(formatOfExtension(extensionOf(name)))) {
      this.#leftOut.push({ why: 'video', what: `.${extensionOf(name)}`, name });
      return undefined;
    }
    if (told !== 'read') return this.#takeByContent(name, told, target);
    this.#takeImage(name, target);
    return undefined;
  }

  #takeImage(name: string, target: Target | undefined): void {
    this.#names.push(name);
    if (target) this.#links.push(name);
  }

  /** Whether what reads videos is missing. Looked for once a folder: it may be installed while the window is open. */
  #isUnreadVideo(format: ImageFormat | undefined): boolean {
    if (format?.reader !== 'video') return false;
    this.#hasFfmpeg ??= findFfmpeg() !== undefined;
    return !this.#hasFfmpeg;
  }

  /** A file whose name tells no format that is read: what it is, is asked of its first bytes. */
  async #takeByContent(name: string, told: Exclude<KindOfName, 'read'>, target?: Target): Promise<void> {
    const content = await contentOfFile(join(this.#folder, name));
    if (this.#isUnreadVideo(content)) {
      const what = told === 'untold' ? 'video without an extension' : `.${extensionOf(name)}`;
      this.#leftOut.push({ why: 'video', what, name });
    } else if (content?.kept !== undefined) {
      this.#contents.set(name, content.kept);
      this.#takeImage(name, target);
    } else if (told === 'unread') {
      this.#leftOut.push({ why: 'unread', what: `.${extensionOf(name)}`, name });
    } else if (content) {
      this.#leftOut.push({ why: 'unread', what: `${content.name} without an extension`, name });
    }
  }

  #isChosen(name: string, told: KindOfName): boolean {
    const below = pathBelow(this.#below, name);
    if (told === 'other' || !this.#selection.matches(below)) return false;
    const isExcluded = this.#selection.excludes(below);
    // Of a file without an extension nobody knows yet that it is an image.
    if (isExcluded && told !== 'untold') this.#leftOut.push({ why: 'excluded', what: 'image', name });
    return !isExcluded;
  }

  #isWalked(name: string): boolean {
    if (this.#selection.excludes(pathBelow(this.#below, name))) {
      this.#leftOut.push({ why: 'excluded', what: 'folder', name });
      return false;
    }
    if (!isSystemFolder(name)) return true;
    this.#leftOut.push({ why: 'system', what: name, name });
    return false;
  }
}

/** A path below the root, with `/` as separator on every system. */
export function pathBelow(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** A symlink that leads nowhere counts as a file: its item fails and reports it. */
async function targetOf(link: string): Promise<Target> {
  try {
    const stat = await fs.stat(link, { bigint: true });
    return { kind: kindOf(stat), identity: identityOf(stat, link) };
  } catch {
    return { kind: 'file', identity: '' };
  }
}
