import {
  type BigIntStats,
  closeSync,
  constants,
  copyFileSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  openSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { ItemError } from '../../../shared/failure.ts';
import { openItself } from '../system/open-itself.ts';
import { removeIfFree, removeWhenFree, renameWhenFree } from '../system/until-let-go.ts';
import { keepFresh } from './heartbeat.ts';
import { partPathIn } from './part-name.ts';

/** Error codes of file systems without hard links. exFAT on Windows says EISDIR (nodejs/node#65817). */
const withoutLinks = new Set(
  'EPERM ENOTSUP EOPNOTSUPP ENOSYS EMLINK EACCES EXDEV EISDIR EINVAL UNKNOWN'.split(' '),
);
/** Error codes of file systems that cannot flush a folder to the disk. */
const withoutFolderSync = new Set(['EINVAL', 'ENOTSUP', 'EBADF', 'EISDIR', 'EACCES']);
/** Exact numbers, because inodes of some file systems are too large for a double. */
const exactly = { bigint: true, throwIfNoEntry: false } as const;
/**
 * How many random names to try. Names are random: if one is taken, that is no accident, and more tries are pointless.
 */
const mostNames = 3;
const creating = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

type Identity = Pick<BigIntStats, 'dev' | 'ino' | 'size'>;

export interface PartOptions {
  /** The key that an interrupted download is found by, see `PartName`. */
  readonly key?: string | undefined;
  /** Whether the file is flushed to the disk before it gets its final name, so that it survives a power cut. */
  readonly durable?: boolean | undefined;
  /** Its permissions, minus those that the process's umask removes. */
  readonly mode?: number;
}

/** Somebody else removed, replaced or wrote to our temporary file. */
export class PartLost extends ItemError {
  constructor(folder: string) {
    super('IO_ERROR', `Cannot write in ${folder}: another program changed or removed the temporary file.`);
    this.name = 'PartLost';
  }
}

/**
 * A file on its way to its final name. It is written under a random name in the same folder, and gets its final name
 * only when it is complete. All files that Shoal gives a person get their names here.
 *
 * It is created exclusively and never through a symlink, so that nobody can have prepared it. If it exists for longer
 * than a turn of the event loop, its inode and size are checked before it is named, so that nobody else's bytes are
 * ever reported as ours.
 */
export class PartFile {
  readonly path: string;
  readonly #durable: boolean;
  #file: number | undefined;
  #bytes: number;
  /**
   * Whether others may have found it. A file that is created, written and named in one go is known by its random name
   * only: checking it would take as long as writing it.
   */
  #lastsLong: boolean;
  /** Set once nothing more is written, if the file exists for long. */
  #identity: Identity | undefined;
  #release: (() => void) | undefined;

  private constructor(
    path: string,
    file: number | undefined,
    bytes: number,
    durable = false,
    lastsLong = true,
  ) {
    this.path = path;
    this.#file = file;
    this.#bytes = bytes;
    this.#durable = durable;
    this.#lastsLong = lastsLong;
  }

  static create(folder: string, { key, durable, mode = 0o666 }: PartOptions = {}): PartFile {
    for (let tried = 1; ; tried += 1) {
      const path = partPathIn(folder, key);
      try {
        const file = openSync(path, creating, mode);
        return new PartFile(path, file, 0, durable, false);
      } catch (error) {
        if (codeOf(error) !== 'EEXIST' || tried === mostNames) throw error;
      }
    }
  }

  /** Continues a part of this process, or of one that has ended. Anything after `bytes` is cut off. */
  static continue(path: string, bytes: number, { durable }: PartOptions = {}): PartFile {
    const file = openOwn(path);
    try {
      const { nlink, size } = fstatSync(file);
      // A file with a second name may be somebody else's.
      if (nlink !== 1 || size < bytes) throw new PartLost(dirname(path));
      ftruncateSync(file, bytes);
    } catch (error) {
      closeSync(file);
      throw error;
    }
    return new PartFile(path, file, bytes, durable);
  }

  /** A copy of a file, still to be named. */
  static copyOf(source: string, folder: string, { key, durable }: PartOptions = {}): PartFile {
    const path = partPathIn(folder, key);
    try {
      copyFileSync(source, path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      const file = openOwn(path);
      return new PartFile(path, file, fstatSync(file).size, durable);
    } catch (error) {
      removeWhenFree(path);
      throw error;
    }
  }

  /** A hard link to a file, to be renamed to a final name. Nothing can be appended. */
  static linkTo(source: string, folder: string): PartFile {
    const path = partPathIn(folder);
    linkSync(source, path);
    const stat = lstatSync(path, { bigint: true });
    const part = new PartFile(path, undefined, Number(stat.size));
    part.#identity = stat;
    return part;
  }

  get bytes(): number {
    return this.#bytes;
  }

  append(data: Uint8Array): void {
    const file = this.#open();
    // A signal or a full disk can make a write shorter than asked. Writes have positions, because another process that
    // was taken for dead may still have the file open.
    for (let from = 0; from < data.length; ) {
      const written = writeSync(file, data, from, data.length - from, this.#bytes);
      from += written;
      this.#bytes += written;
    }
  }

  /**
   * For a part that is not named in the turn of the event loop that created it: shows other machines that it is in use,
   * and has it checked once more before it is named.
   */
  keepFresh(): void {
    this.#lastsLong = true;
    this.#release ??= keepFresh(this.#open());
  }

  /** Gives the file its final name, replacing what has that name. A symlink is replaced, not followed. */
  replace(output: string): void {
    this.#seal();
    this.#name(() => renameWhenFree(this.path, output));
    this.#syncFolder(output);
  }

  /**
   * Gives the file its final name if that is free.
   * @param link a hard link's maker, which says so where the file system has none.
   * @returns whether it was.
   */
  placeAsNew(output: string, link: (path: string, name: string) => void = linkSync): boolean {
    this.#seal();
    try {
      this.#name(() => link(this.path, output));
    } catch (error) {
      const code = codeOf(error);
      // On a network share the answer to a link can get lost: the retry then finds the link of the first try.
      if (code === 'EEXIST') {
        if (!areSameFile(lstatSync(output, exactly), lstatSync(this.path, exactly))) return false;
      } else if (!withoutLinks.has(code)) throw error;
      else {
        return this.#placeWithoutLinks(output);
      }
    }
    // The file has its name: a part that a virus scanner still holds is left to the next sweep of old ones.
    removeIfFree(this.path);
    this.#syncFolder(output);
    return true;
  }

  /** Takes the name with an empty file first: of two processes that choose one name at the same moment, one gets it. */
  #placeWithoutLinks(output: string): boolean {
    try {
      closeSync(openSync(output, creating));
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    }
    try {
      this.#name(() => renameWhenFree(this.path, output));
    } catch (error) {
      removeWhenFree(output);
      throw error;
    }
    this.#syncFolder(output);
    return true;
  }

  close(): void {
    this.#release?.();
    this.#release = undefined;
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  discard(): void {
    this.close();
    removeWhenFree(this.path);
  }

  #open(): number {
    if (this.#file === undefined) throw new Error('The part has been closed.');
    return this.#file;
  }

  /** Call when nothing more is written. @throws PartLost if the file is not the one that was written. */
  #seal(): void {
    if (this.#file !== undefined) {
      if (this.#lastsLong) this.#identity = fstatSync(this.#file, { bigint: true });
      if (this.#durable) fsyncSync(this.#file);
      this.close();
    }
    if (!this.#lastsLong) return;
    const there = lstatSync(this.path, exactly);
    if (!there?.isFile() || !areSameFile(there, this.#identity) || Number(there.size) !== this.#bytes) {
      throw new PartLost(dirname(this.path));
    }
  }

  /** @throws PartLost if the file is gone. */
  #name(give: () => void): void {
    try {
      give();
    } catch (error) {
      const isGone = codeOf(error) === 'ENOENT' && !lstatSync(this.path, exactly);
      throw isGone ? new PartLost(dirname(this.path)) : error;
    }
  }

  /** Flushes the folder: only then is the name as durable as the bytes. */
  #syncFolder(output: string): void {
    if (!this.#durable || process.platform === 'win32') return;
    const folder = openSync(dirname(output), constants.O_RDONLY);
    try {
      fsyncSync(folder);
    } catch (error) {
      // Some shares cannot flush a folder; the file has its name all the same.
      if (!withoutFolderSync.has(codeOf(error))) throw error;
    } finally {
      closeSync(folder);
    }
  }
}

/** @throws PartLost if another program has removed the file. */
function openOwn(path: string): number {
  try {
    return openItself(path, constants.O_WRONLY);
  } catch (error) {
    throw codeOf(error) === 'ENOENT' ? new PartLost(dirname(path)) : error;
  }
}

function areSameFile(one: Identity | undefined, other: Identity | undefined): boolean {
  return one !== undefined && one.ino === other?.ino && one.dev === other.dev && one.size === other.size;
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}
