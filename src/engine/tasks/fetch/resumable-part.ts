import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { urlHash } from '../../plan/file-name.ts';
import type { Head } from './exchange.ts';

/** What identifies the version of a file that a part is of. */
export interface Version {
  readonly etag?: string;
  readonly lastModified?: string;
  /** The whole file's length, where the server told it. */
  readonly length?: number;
}

/** A download that was interrupted, as it lies in the folder. */
export interface Part {
  readonly bytes: number;
  readonly version: Version;
}

/** Beside each part file: which version it is the beginning of, and which process is at it. */
interface Note extends Version {
  readonly pid: number;
}

/** Where the beginning of a URL's file waits for its rest: hidden, and the same name in every run. */
export function partPathOf(folder: string, url: string): string {
  return join(folder, partNameOf(url));
}

export function partNameOf(url: string): string {
  return `.shoal-${urlHash(url)}.part`;
}

/** Which of the names in a folder are of such beginnings. */
export function partNamesAmong(names: readonly string[]): Set<string> {
  return new Set(names.filter((name) => /^\.shoal-[0-9a-f]{16}\.part$/.test(name)));
}

/** The part that an earlier attempt left, if it can be continued. */
export function findPart(path: string): Part | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile() || stat.size === 0) return undefined;
  const note = readNote(path);
  if (!note || isAtWork(note.pid)) return undefined;
  if (note.length !== undefined && stat.size > note.length) return undefined;
  const { pid: _pid, ...version } = note;
  return { bytes: stat.size, version };
}

/** Whether another process is downloading the same URL into the same folder just now. */
export function isTaken(path: string): boolean {
  const note = readNote(path);
  return note !== undefined && isAtWork(note.pid);
}

export function writeNote(path: string, version: Version): void {
  writeFileSync(notePath(path), JSON.stringify({ ...version, pid: process.pid } satisfies Note));
}

export function removePart(path: string): void {
  rmSync(path, { force: true });
  removeNote(path);
}

export function removeNote(path: string): void {
  rmSync(notePath(path), { force: true });
}

/** The version that an answer is of, if it names one that `If-Range` can ask for (RFC 9110, 13.1.5). */
export function versionOf({ headers }: Head, length: number | undefined): Version | undefined {
  const { etag, 'last-modified': lastModified } = headers;
  const strong = etag !== undefined && !etag.startsWith('W/') ? etag : undefined;
  if (strong === undefined && lastModified === undefined) return undefined;
  if (headers['accept-ranges'] === 'none') return undefined;
  return {
    ...(strong !== undefined && { etag: strong }),
    ...(lastModified !== undefined && { lastModified }),
    ...(length !== undefined && { length }),
  };
}

/** Whether an answer `206 Partial Content` goes on exactly where the part ends, in the same version. */
export function continuesPart({ headers }: Head, part: Part): boolean {
  const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers['content-range'] ?? '');
  if (!range || Number(range[1]) !== part.bytes) return false;
  const { etag, lastModified, length } = part.version;
  if (length !== undefined && range[3] !== '*' && Number(range[3]) !== length) return false;
  if (etag !== undefined && headers.etag !== undefined) return headers.etag === etag;
  const modified = headers['last-modified'];
  return lastModified === undefined || modified === undefined || modified === lastModified;
}

function readNote(path: string): Note | undefined {
  try {
    const note: unknown = JSON.parse(readFileSync(notePath(path), 'utf8'));
    return typeof note === 'object' && note !== null && 'pid' in note ? (note as Note) : undefined;
  } catch {
    return undefined;
  }
}

function isAtWork(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function notePath(path: string): string {
  return `${path}.json`;
}
