import { type FileBytes, holdsText, viewAt } from '../../../../codecs/headers/file-bytes.ts';
import type { Findings } from './findings.ts';
import { walkTiff } from './tiff-walk.ts';

/** Clockwise turns in degrees, as EXIF's orientation. */
const turns: Readonly<Record<number, number>> = { 0: 1, 90: 6, 180: 3, 270: 8 };
/** More entries than the lists of these formats have. */
const mostEntries = 1000;
const mostDepth = 6;

/** Fujifilm's RAF: the header says where the JPEG is; the JPEG's EXIF says the rest. */
export function walkRaf(file: FileBytes, found: Findings): void {
  const places = viewAt(file, 84, 8);
  if (places) found.addJpeg(places.getUint32(0), places.getUint32(4));
}

/** Minolta's MRW: blocks with a name and a length, of which TTW holds TIFF data. */
export function walkMrw(file: FileBytes, found: Findings): void {
  const head = viewAt(file, 0, 8);
  const end = head ? 8 + head.getUint32(4) : 0;
  for (let at = 8, i = 0; at + 8 <= end && i < mostEntries; i++) {
    const block = viewAt(file, at, 8);
    if (!block) return;
    if (holdsText(block, '\0TTW')) walkTiff(file, at + 8, found);
    at += 8 + block.getUint32(4);
  }
}

/** Canon's CRW (CIFF 1.0): a heap, whose list of what it holds stands at its end; what it holds may be heaps. */
export function walkCrw(file: FileBytes, found: Findings): void {
  const head = viewAt(file, 0, 6);
  if (!head) return;
  const little = head.getUint16(0) === 0x4949;
  let left = mostEntries;
  const walk = (from: number, to: number, depth: number): void => {
    const tail = to - from >= 6 ? viewAt(file, to - 4, 4) : undefined;
    const listAt = from + (tail?.getUint32(0, little) ?? Number.POSITIVE_INFINITY);
    const counted = listAt < to ? viewAt(file, listAt, 2) : undefined;
    const count = counted?.getUint16(0, little) ?? 0;
    for (let i = 0; i < count && left > 0; i++, left--) {
      const entry = viewAt(file, listAt + 2 + 10 * i, 10);
      if (!entry) return;
      const tag = entry.getUint16(0, little);
      const [length, offset] = [entry.getUint32(2, little), entry.getUint32(6, little)];
      // The two highest bits: whether the value stands in the entry itself.
      if (tag & 0xc000) continue;
      const kind = tag & 0x3800;
      const at = from + offset;
      if (kind === 0x2800 || kind === 0x3000) {
        if (depth < mostDepth && at + length < to) walk(at, at + length, depth + 1);
      } else if (tag === 0x2007 || tag === 0x2008) found.addJpeg(at, length);
      else if (tag === 0x1810) readImageInfo(viewAt(file, at, 16), little, found);
    }
  };
  walk(head.getUint32(2, little), file.length, 0);
}

function readImageInfo(info: DataView | undefined, little: boolean, found: Findings): void {
  if (!info) return;
  found.addSize(info.getUint32(0, little), info.getUint32(4, little));
  found.addOrientation(turns[info.getInt32(12, little)]);
}

/** Sigma's X3F: the last four bytes say where the list of sections is; JPEGs are images of format 18. */
export function walkX3f(file: FileBytes, found: Findings): void {
  const head = viewAt(file, 0, 52);
  const tail = viewAt(file, file.length - 4, 4);
  if (!head || !tail) return;
  // From version 4 on the header has more before the size and the turn.
  const sizeAt = head.getUint16(6, true) < 4 ? 28 : 40;
  found.addSize(head.getUint32(sizeAt, true), head.getUint32(sizeAt + 4, true));
  found.addOrientation(turns[head.getUint32(sizeAt + 8, true)]);
  const listAt = tail.getUint32(0, true);
  const list = viewAt(file, listAt, 12);
  if (!list || !holdsText(list, 'SECd')) return;
  const count = Math.min(list.getUint32(8, true), mostEntries);
  for (let i = 0; i < count; i++) {
    const entry = viewAt(file, listAt + 12 + 12 * i, 12);
    if (!entry) return;
    if (!holdsText(entry, 'IMA2', 8) && !holdsText(entry, 'IMAG', 8)) continue;
    const [at, length] = [entry.getUint32(0, true), entry.getUint32(4, true)];
    const section = viewAt(file, at, 28);
    if (section && holdsText(section, 'SECi') && section.getUint32(12, true) === 18) {
      found.addJpeg(at + 28, length - 28);
    }
  }
}
