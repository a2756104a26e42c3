import { type FileBytes, holdsText, viewAt } from './file-bytes.ts';

/** Where the first frame of a GIF file lies (GIF89a, sections 18 to 23). Sizes in pixels, positions in bytes. */
export interface GifHeader {
  readonly screen: { readonly width: number; readonly height: number };
  readonly frame: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
  /** Whether the frame has a transparent colour. */
  readonly transparent: boolean;
  /** Where the frame's data sub-blocks begin. */
  readonly dataAt: number;
}

const IMAGE = 0x2c;
const EXTENSION = 0x21;
const GRAPHIC_CONTROL = 0xf9;
/** More blocks before the first frame than any writer makes. */
const mostBlocks = 10_000;

/** @returns `undefined` if it is no GIF file, or ends before its first frame. */
export function readGifHeader(file: FileBytes): GifHeader | undefined {
  const head = viewAt(file, 0, 13);
  const found = findFrame(file);
  if (!head || found === undefined || found === 'ends early') return undefined;
  const screen = { width: head.getUint16(6, true), height: head.getUint16(8, true) };
  return withFrame(file, found.at, screen, found.transparent);
}

/** Whether the file ends before its first frame does. Further frames are not looked at. */
export function gifEndsEarly(file: FileBytes): boolean {
  const found = findFrame(file);
  if (found === undefined || found === 'ends early') return found === 'ends early';
  const header = readGifHeader(file);
  return !header || endOfSubBlocks(file, header.dataAt) === undefined;
}

/** The first image descriptor. `undefined`: there is something else than the blocks that may stand before it. */
function findFrame(
  file: FileBytes,
): { readonly at: number; readonly transparent: boolean } | 'ends early' | undefined {
  const head = viewAt(file, 0, 13);
  if (!head) return 'ends early';
  if (!(holdsText(head, 'GIF87a') || holdsText(head, 'GIF89a'))) return undefined;
  let transparent = false;
  let at = 13 + tableSize(head.getUint8(10));
  for (let i = 0; i < mostBlocks; i++) {
    const block = viewAt(file, at, 2);
    if (!block) return 'ends early';
    if (block.getUint8(0) === IMAGE) return { at, transparent };
    if (block.getUint8(0) !== EXTENSION) return undefined;
    if (block.getUint8(1) === GRAPHIC_CONTROL) {
      transparent = ((viewAt(file, at + 3, 1)?.getUint8(0) ?? 0) & 1) === 1;
    }
    const end = endOfSubBlocks(file, at + 2);
    if (end === undefined) return 'ends early';
    at = end;
  }
  return undefined;
}

function withFrame(
  file: FileBytes,
  at: number,
  screen: GifHeader['screen'],
  transparent: boolean,
): GifHeader | undefined {
  const descriptor = viewAt(file, at, 10);
  if (!descriptor) return undefined;
  const [left = 0, top = 0, width = 0, height = 0] = [1, 3, 5, 7].map((i) => descriptor.getUint16(i, true));
  // The local colour table, and one byte for the least size of a code.
  const dataAt = at + 10 + tableSize(descriptor.getUint8(9)) + 1;
  return { screen, frame: { left, top, width, height }, transparent, dataAt };
}

/** The size in bytes of the colour table that a packed field announces. */
function tableSize(packed: number): number {
  return packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0;
}

/** Read at once, in bytes: a file on the disk is not asked for each of its sub-blocks of at most 255 bytes. */
const windowBytes = 64 * 1024;

/**
 * Each sub-block begins with its length; one without bytes ends them (section 15).
 * @returns where they end, or `undefined` if the file ends before.
 */
export function endOfSubBlocks(file: FileBytes, from: number): number | undefined {
  let at = from;
  let start = from;
  let window = file.read(start, windowBytes);
  for (;;) {
    if (at - start >= window.length) {
      if (at >= file.length) return undefined;
      start = at;
      window = file.read(start, windowBytes);
    }
    const length = window[at - start];
    if (length === undefined) return undefined;
    at += 1 + length;
    if (length === 0) return at;
  }
}
