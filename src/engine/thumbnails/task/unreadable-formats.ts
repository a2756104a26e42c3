import { closeSync, readSync } from 'node:fs';
import { openInput } from '../../files/open-input.ts';

/** The length of the longest of the signatures below. */
const headLength = 32;

const startsWith = (head: Buffer, bytes: string, at = 0): boolean =>
  head.subarray(at, at + bytes.length).equals(Buffer.from(bytes, 'latin1'));

/** Image formats in common use that sharp's own build does not decode, by the beginnings of their files. */
const signatures: Readonly<Record<string, (head: Buffer) => boolean>> = {
  // Many texts begin with these two letters, so the four reserved bytes are checked as well.
  BMP: (head) => startsWith(head, 'BM') && startsWith(head, '\0\0\0\0', 6),
  HEIC: (head) => startsWith(head, 'ftyp', 4) && /^he(ic|ix|vc|vx|im|is)/.test(head.toString('latin1', 8)),
  'JPEG XL': (head) => startsWith(head, '\xff\x0a') || startsWith(head, '\0\0\0\x0cJXL '),
  'JPEG 2000': (head) => startsWith(head, '\0\0\0\x0cjP  ') || startsWith(head, '\xff\x4f\xff\x51'),
  Photoshop: (head) => startsWith(head, '8BPS'),
  icon: (head) => startsWith(head, '\0\0\x01\0'),
};

/** The name of the image's format, if it is one that cannot be read. */
export function unreadableFormat(source: string | Uint8Array): string | undefined {
  const head = typeof source === 'string' ? headOf(source) : Buffer.from(source.subarray(0, headLength));
  return Object.keys(signatures).find((format) => signatures[format]?.(head));
}

function headOf(path: string): Buffer {
  const head = Buffer.alloc(headLength);
  const { file } = openInput(path);
  try {
    return head.subarray(0, readSync(file, head, 0, headLength, 0));
  } finally {
    closeSync(file);
  }
}
