import { lstatSync } from 'node:fs';
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
  /** The file that an earlier run made of the URL. */
  readonly owned?: Owned | undefined;
}

export interface Placed {
  readonly output: string;
  /** The file was there already, with the same bytes. */
  readonly adopted: boolean;
}

/**
 * Gives a file that is complete its final name, without ever replacing one that is not this URL's. Where the name is taken
 * by a file of the same bytes, that file is taken for ours and no second one is stored: a run that was killed, or another
 * that is on, has put it there. By a file of other bytes: this one gets the URL's hash into its name.
 */
export function placeFile(part: PartFile, sha256: string, { folder, name, url, owned }: Place): Placed {
  // Somebody may have changed the file since: then it is no longer ours to replace.
  if (owned && isAsWeLeftIt(owned)) {
    part.replace(owned.output);
    return { output: owned.output, adopted: false };
  }
  for (const candidate of namesFor(name, url)) {
    const output = join(folder, candidate);
    if (part.placeAsNew(output)) return { output, adopted: false };
    if (!holdsDigest(output, part.bytes, sha256)) continue;
    part.discard();
    return { output, adopted: true };
  }
  throw new ItemError('OUTPUT_EXISTS', `Other files have all the names that ${url} could get in ${folder}.`);
}

/** Computed as they are needed: nearly always that is the first. */
function* namesFor(name: string, url: string): Generator<string> {
  yield name;
  yield distinctName(name, url);
  yield distinctName(name, url, 16);
}

/**
 * A second file of the same bytes for another URL: both would otherwise have one, and each might replace it.
 * @throws ItemError where it cannot be written, or the source holds other bytes by now.
 */
export function placeCopy(source: string, url: string, bytes: number, sha256: string): string {
  const folder = dirname(source);
  let part: PartFile | undefined;
  try {
    part = PartFile.copyOf(source, folder);
    if (!holdsDigest(part.path, bytes, sha256)) throw new PartLost(folder);
    return placeFile(part, sha256, { folder, name: distinctName(basename(source), url), url }).output;
  } catch (error) {
    part?.discard();
    throw error instanceof ItemError ? error : systemItemError(error, folder, 'write');
  }
}

function isAsWeLeftIt({ output, bytes, sha256, madeAt = 0 }: Owned): boolean {
  const there = lstatSync(output, { throwIfNoEntry: false });
  if (!there?.isFile() || there.size !== bytes) return false;
  // Nobody can set the first time, and whatever is done to a file or its name moves it: its bytes need not be read. Where
  // a file system keeps no such time (FAT tells that of creation), a write moves the second.
  if (Math.max(there.ctimeMs, there.mtimeMs) <= madeAt || sha256 === undefined) return true;
  return holdsDigest(output, bytes, sha256);
}
