import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  lstatSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { keepFresh } from '../../files/parts/heartbeat.ts';
import { lifeOf } from '../../files/parts/owner.ts';
import { PartFile } from '../../files/parts/part-file.ts';
import { notePathOf, parsePartName, partPathIn, restPathIn } from '../../files/parts/part-name.ts';
import { FolderClock, isAbandoned } from '../../files/parts/stale-parts.ts';
import { openItself } from '../../files/system/open-itself.ts';
import { writeWhole } from '../../files/write-whole.ts';
import { urlHash } from '../../names/file-name.ts';
import { Digests, type Expected } from './digests.ts';
import type { Version } from './file-version.ts';

/** Loaded with the first note. */
const crypto = () => process.getBuiltinModule('node:crypto');

/** The part that an earlier attempt left, now claimed by this attempt. */
export interface Part {
  readonly path: string;
  readonly bytes: number;
  readonly version: Version;
  /** The digests of those bytes. */
  readonly digests: Digests;
  /** Ends the marking as being worked on. May be called more than once. */
  letGo(): void;
}

/** Stored beside each part: which file it is the beginning of, and how many of its bytes are known to be right. */
interface Note {
  readonly version: Version;
  readonly bytes: number;
  readonly sha256: string;
  /** HMAC-SHA256 of the other fields, with the user's key. */
  readonly mac: string;
}

/** What all parts of a run have in common. */
export interface PartPlace {
  readonly folder: string;
  /** The key that signs notes: a part that somebody else put there is not continued. */
  readonly noteKey: string;
}

/** The key in the names of a URL's parts. */
export function partKeyOf(url: string): string {
  return urlHash(url);
}

/** The parts among the names in a folder, by their URL's key. */
export function partsAmong(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const parts = new Map<string, string[]>();
  for (const name of names) {
    const part = parsePartName(name);
    if (part?.key === undefined || part.isNote) continue;
    const others = parts.get(part.key);
    if (others) others.push(name);
    else parts.set(part.key, [name]);
  }
  return parts;
}

/**
 * Claims the longest of a URL's parts that can be continued, and removes the others unless somebody is working on them.
 * @param names the names in the place's folder.
 */
export async function takePart(
  place: PartPlace,
  url: string,
  names: readonly string[],
  expected: Expected,
): Promise<Part | undefined> {
  const clock = new FolderClock(place.folder);
  let best: Claimed | undefined;
  for (const name of names) {
    const claimed = claim(place, url, name, clock);
    if (!claimed) continue;
    if (best && best.note.bytes >= claimed.note.bytes) {
      removePart(claimed.path);
      continue;
    }
    if (best) removePart(best.path);
    best = claimed;
  }
  if (!best) return undefined;
  const { path, note } = best;
  const { bytes, sha256, version } = note;
  const digests = new Digests(expected);
  const letGo = hold(path);
  try {
    await digests.updateFromFile(path, bytes);
    if (digests.soFar() === sha256) return { path, bytes, version, digests, letGo };
  } catch {
    // The part cannot be read: the file is fetched from the start.
  }
  letGo();
  removePart(path);
  return undefined;
}

/** Removes a URL's parts unless somebody is working on them. For a URL whose file is complete. */
export function dropParts(folder: string, names: readonly string[]): void {
  const clock = new FolderClock(folder);
  for (const name of names) {
    const part = parsePartName(name);
    if (part && isAbandoned(part.owner, name, clock)) removePart(join(folder, name));
  }
}

/** Puts a closed part aside, with its note, for a later attempt or run. @returns its new name. */
export function putAside({ folder }: PartPlace, path: string, url: string): string {
  const rest = restPathIn(folder, partKeyOf(url));
  renameSync(notePathOf(path), notePathOf(rest));
  renameSync(path, rest);
  return basename(rest);
}

/** Like `putAside`, but removes the part if that fails. @returns its new name if it was put aside. */
export function tryToPutAside(place: PartPlace, path: string, url: string): string | undefined {
  try {
    return putAside(place, path, url);
  } catch {
    removePart(path);
    return undefined;
  }
}

/** Notes how much of a part is right. @param sha256 the digest of its first `bytes`. */
export function writeNote(
  { noteKey }: PartPlace,
  path: string,
  url: string,
  version: Version,
  bytes: number,
  sha256: string,
): void {
  const note: Note = { version, bytes, sha256, mac: macOf(noteKey, url, { version, bytes, sha256 }) };
  writeWhole(notePathOf(path), Buffer.from(JSON.stringify(note)));
}

export function removePart(path: string): void {
  removeFile(path);
  removeNote(path);
}

export function removeNote(path: string): void {
  removeFile(notePathOf(path));
}

/** Removes a file if possible. If not, it is somebody else's, or a folder of that name: no reason to fail. */
function removeFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The file stays.
  }
}

/** Marks a part as being worked on, for other machines and containers: hashing and the next answer can take long. */
function hold(path: string): () => void {
  let file: number | undefined;
  let release: (() => void) | undefined;
  try {
    file = openItself(path, constants.O_WRONLY);
    ftruncateSync(file, fstatSync(file).size);
    release = keepFresh(file);
  } catch {
    // At worst another run takes the part, and this attempt starts from the beginning.
  }
  return () => {
    release?.();
    release = undefined;
    if (file !== undefined) closeSync(file);
    file = undefined;
  };
}

interface Claimed {
  readonly path: string;
  readonly note: Note;
}

/**
 * Claims a part by giving it a name of our own: if two processes try, one succeeds. If the part's process may still be
 * alive (on another machine, in another container), a copy is continued instead, which that process cannot write to.
 */
function claim(place: PartPlace, url: string, name: string, clock: FolderClock): Claimed | undefined {
  const owner = parsePartName(name)?.owner;
  if (!owner || !isAbandoned(owner, name, clock)) return undefined;
  const former = join(place.folder, basename(name));
  if (!lstatSync(former, { throwIfNoEntry: false })?.isFile()) return undefined;
  const path = partPathIn(place.folder, partKeyOf(url));
  try {
    renameSync(former, path);
    renameSync(notePathOf(former), notePathOf(path));
  } catch {
    // Another process was quicker, or the part lacks its file or its note.
    removePart(path);
    return undefined;
  }
  const note = readNote(place, path, url);
  if (!note || !isUsable(path, note)) {
    removePart(path);
    return undefined;
  }
  return lifeOf(owner) === 'dead' ? { path, note } : copied(place, url, { path, note });
}

function copied(place: PartPlace, url: string, { path, note }: Claimed): Claimed | undefined {
  let copy: PartFile | undefined;
  try {
    copy = PartFile.copyOf(path, place.folder, { key: partKeyOf(url) });
    copy.close();
    renameSync(notePathOf(path), notePathOf(copy.path));
    removePart(path);
    return { path: copy.path, note };
  } catch {
    // There is no room for a copy now, but perhaps later.
    copy?.discard();
    tryToPutAside(place, path, url);
    return undefined;
  }
}

function isUsable(path: string, { bytes, version: { length } }: Note): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  // A file with a second name may be somebody else's.
  if (!stat?.isFile() || stat.nlink !== 1) return false;
  return bytes > 0 && bytes <= stat.size && bytes <= (length ?? bytes);
}

/** The largest note that is read, in bytes: entity tags and dates are far shorter. */
const mostNoteBytes = 64 * 1024;

function readNote({ noteKey }: PartPlace, path: string, url: string): Note | undefined {
  try {
    const file = openItself(notePathOf(path), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stat = fstatSync(file);
      if (!stat.isFile() || stat.size > mostNoteBytes) return undefined;
      const note = JSON.parse(readFileSync(file, 'utf8')) as Note;
      const { version, bytes, sha256, mac } = note;
      const right = Buffer.from(macOf(noteKey, url, { version, bytes, sha256 }));
      const told = Buffer.from(String(mac));
      return right.length === told.length && crypto().timingSafeEqual(right, told) ? note : undefined;
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

function macOf(key: string, url: string, { version, bytes, sha256 }: Omit<Note, 'mac'>): string {
  const { etag, lastModified, length } = version;
  const signed = JSON.stringify([url, etag, lastModified, length, bytes, sha256]);
  return crypto().createHmac('sha256', key).update(signed).digest('hex');
}
