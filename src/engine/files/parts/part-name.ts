import { closeSync, openSync, readSync } from 'node:fs';
import { sep } from 'node:path';
import { nobody, type Owner, self } from './owner.ts';

/** What the name of a temporary file tells. */
export interface PartName {
  readonly owner: Owner;
  /** What the beginning of a download can be found again by; absent for a file that is worth nothing without its process. */
  readonly key: string | undefined;
  /** Whether this is the note beside such a beginning. */
  readonly isNote: boolean;
}

/** Hidden, and short whatever the final name: `.shoal-HOST-PID-START-RANDOM[.KEY].part[.json]`. */
const pattern = /^\.shoal-([0-9a-f]{8})-(\d+)-(\d+)-[0-9a-f]{16}(?:\.([0-9a-f]{16}))?\.part(\.json)?$/;
/** Names that version 0.1 gave, in which nothing but a process number told whose they are. */
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

/** A new name in the folder that nobody can foresee. @param key 16 hexadecimal digits, see `PartName`. */
export function partPathIn(folder: string, key?: string): string {
  const tail = key === undefined ? '' : `.${key}`;
  return `${folder}${sep}${beginning}${randomDigits()}${tail}.part`;
}

/** A new name for a part that is put aside: whoever wants to go on with it may take it. */
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

/** Random bytes are asked for many at a time: asking costs more than the bytes do. */
function randomDigits(): string {
  if (used === random.length) {
    fillRandomly(random);
    used = 0;
  }
  used += 8;
  return random.toString('hex', used - 8, used);
}

/** From the system itself: Node's `crypto` is loaded, which takes 9 ms in each thread, only where there is no such file. */
function fillRandomly(bytes: Buffer): void {
  try {
    const file = openSync('/dev/urandom', 'r');
    const read = readSync(file, bytes);
    closeSync(file);
    if (read === bytes.length) return;
  } catch {
    // Windows, a bare container, or no more files may be open.
  }
  process.getBuiltinModule('node:crypto').randomFillSync(bytes);
}
