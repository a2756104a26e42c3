import { closeSync, openSync, readSync } from 'node:fs';
import { sep } from 'node:path';
import { nobody, type Owner, self } from './owner.ts';

/** The information in the name of a temporary file. */
export interface PartName {
  readonly owner: Owner;
  /** The key by which a part of a download is found again; absent for files that are useless without their process. */
  readonly key: string | undefined;
  /** Whether this is the note beside such a part. */
  readonly isNote: boolean;
}

/** Hidden, and short however long the final name is: `.shoal-HOST-PID-START-RANDOM[.KEY].part[.json]`. */
const pattern = /^\.shoal-([0-9a-f]{8})-(\d+)-(\d+)-[0-9a-f]{16}(?:\.([0-9a-f]{16}))?\.part(\.json)?$/;
/** Names from version 0.1, which identified their owner by process id only. */
const formerPattern = /^\.shoal-(\d+-\d+-\d+|[0-9a-f]{16})\.part(\.json)?$/;
const beginning = beginningOf(self);

export function parsePartName(name: string): PartName | undefined {
  const [, host, pid, start, key, note] = pattern.exec(name) ?? [];
  if (host === undefined || start === undefined) return undefined;
  return { owner: { host, pid: Number(pid), start }, key, isNote: note !== undefined };
}

export function isFormerPartName(name: string): boolean {
  return formerPattern.test(name);
}

/** A new, unpredictable name in the folder. @param key 16 hexadecimal digits, see `PartName`. */
export function partPathIn(folder: string, key?: string): string {
  const tail = key === undefined ? '' : `.${key}`;
  return `${folder}${sep}${beginning}${randomDigits()}${tail}.part`;
}

/** A new name for a part that is put aside: any process may continue it. */
export function restPathIn(folder: string, key: string): string {
  return `${folder}${sep}${beginningOf(nobody)}${randomDigits()}.${key}.part`;
}

export function notePathOf(partPath: string): string {
  return `${partPath}.json`;
}

function beginningOf({ host, pid, start }: Owner): string {
  return `.shoal-${host}-${pid}-${start}-`;
}

const random = Buffer.alloc(8 * 256);
let used = random.length;

/** Random bytes are requested many at a time: a request costs more than the bytes. */
function randomDigits(): string {
  if (used === random.length) {
    fillRandomly(random);
    used = 0;
  }
  used += 8;
  return random.toString('hex', used - 8, used);
}

/** Anybody may put a file of that name on a drive of Windows. */
const device = process.platform === 'win32' ? undefined : '/dev/urandom';

/** Reads from the system's random device. Node's `crypto`, which takes 9 ms to load in each thread, is the fallback. */
function fillRandomly(bytes: Buffer): void {
  try {
    if (device !== undefined && readDevice(device, bytes) === bytes.length) return;
  } catch {
    // A bare container, or the limit of open files.
  }
  process.getBuiltinModule('node:crypto').randomFillSync(bytes);
}

function readDevice(path: string, bytes: Buffer): number {
  const file = openSync(path, 'r');
  try {
    return readSync(file, bytes);
  } finally {
    closeSync(file);
  }
}
