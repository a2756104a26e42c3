import { lstatSync, type Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ItemError } from '../../../shared/failure.ts';
import { PartFile, PartLost } from '../../files/parts/part-file.ts';
import { holdsDigest } from '../../files/same-bytes.ts';
import { systemItemError } from '../../files/system-error.ts';
import { distinctName } from '../../names/file-name.ts';
import type { Owned } from '../protocol/protocol.ts';

export interface Place {
  readonly folder: string;
  readonly name: string;
  readonly url: string;
  /** The file that an earlier run made from the URL. */
  readonly owned?: Owned | undefined;
}

export interface Placed {
  readonly output: string;
  /** Whether the file existed already, with the same bytes. */
  readonly adopted: boolean;
  /** Whether another version of the file was there, made from the same URL. */
  readonly replaced?: true;
  /** See `Owned`. */
  readonly madeAt: number;
}

/**
 * Gives a complete file its final name, and never replaces a file that is not this URL's. If a file with the same bytes
 * has the name, it is adopted and no second one is stored: a killed run, or another run in progress, has put it there.
 * If a file with other bytes has the name, the URL's hash is added to this file's name.
 */
export function placeFile(part: PartFile, sha256: string, { folder, name, url, owned }: Place): Placed {
  // If somebody has changed the file since, it is no longer ours to replace.
  if (owned && isAsWeLeftIt(owned)) {
    part.replace(owned.output);
    return { ...asMade(owned.output), adopted: false, replaced: true };
  }
  for (const candidate of namesFor(name, url)) {
    const output = join(folder, candidate);
    if (part.placeAsNew(output)) return { ...asMade(output), adopted: false };
    // Taken before the file is read: what is written to it meanwhile comes after.
    const found = asMade(output);
    if (!holdsDigest(output, part.bytes, sha256)) continue;
    part.discard();
    return { ...found, adopted: true };
  }
  throw new ItemError('OUTPUT_EXISTS', `Other files have all the names that ${url} could get in ${folder}.`);
}

/** A file that is gone again already counts as changed since. */
function asMade(output: string): Pick<Placed, 'output' | 'madeAt'> {
  return { output, madeAt: lstatSync(output, { throwIfNoEntry: false })?.ctimeMs ?? 0 };
}

/** Yields names one by one, because nearly always the first one is free. */
function* namesFor(name: string, url: string): Generator<string> {
  yield name;
  yield distinctName(name, url);
  yield distinctName(name, url, 16);
}

/**
 * Copies a file for another URL with the same bytes: if both shared one file, each might replace it.
 * @throws ItemError if it cannot be written, or the source has other bytes by now.
 */
export function placeCopy(source: string, url: string, bytes: number, sha256: string): Placed {
  const folder = dirname(source);
  let part: PartFile | undefined;
  try {
    part = PartFile.copyOf(source, folder);
    if (!holdsDigest(part.path, bytes, sha256)) throw new PartLost(folder);
    return placeFile(part, sha256, { folder, name: distinctName(basename(source), url), url });
  } catch (error) {
    part?.discard();
    throw error instanceof ItemError ? error : systemItemError(error, folder, 'write');
  }
}

function isAsWeLeftIt({ output, bytes, sha256, madeAt = 0 }: Owned): boolean {
  const there = lstatSync(output, { throwIfNoEntry: false });
  if (!there?.isFile() || there.size !== bytes) return false;
  if (isUntouchedSince(there, madeAt) || sha256 === undefined) return true;
  return holdsDigest(output, bytes, sha256);
}

/**
 * Whether a file's bytes need not be read. `madeAt` is the file's own ctime: a file system's clock goes in ticks of
 * some milliseconds, so that a change right after the file was made can seem older than what the clock of the process
 * said by then. ctime cannot be set by users, and every change to a file or its name updates
 * it. On file systems without it (FAT reports the time of creation), a write updates mtime.
 */
export function isUntouchedSince({ ctimeMs, mtimeMs }: Stats, madeAt: number): boolean {
  return Math.max(ctimeMs, mtimeMs) <= madeAt;
}
