import { type FileBytes, holdsText, viewAt } from '../../../codecs/headers/file-bytes.ts';
import { boxesIn, type FileBox } from '../formats/boxes.ts';

/** More items than a picture of many tiles has. */
const mostItems = 20_000;
/** More bytes than a list of so many items has. */
const mostListBytes = 1024 * 1024;

/** Where the TIFF data of EXIF begins in a HEIC, an AVIF or a JPEG XL file. */
export function exifItem(file: FileBytes): number | undefined {
  for (const box of boxesIn(file, 0, file.length)) {
    // ISO/IEC 18181-2, 9.3: the box itself is what an item holds elsewhere.
    if (box.type === 'Exif') return tiffIn(file, box.from);
    if (box.type === 'meta') return exifInMeta(file, box);
  }
  return undefined;
}

/** ISO/IEC 23008-12, A.2.1: it begins with the offset of the TIFF data behind it. */
function tiffIn(file: FileBytes, at: number): number | undefined {
  const offset = viewAt(file, at, 4)?.getUint32(0);
  return offset === undefined ? undefined : at + 4 + offset;
}

/** ISO/IEC 14496-12, 8.11: one list has the types of items, another the places. */
function exifInMeta(file: FileBytes, { from, to }: FileBox): number | undefined {
  let id: number | undefined;
  let locations: DataView | undefined;
  let data: number | undefined;
  for (const box of boxesIn(file, from + 4, to)) {
    if (box.type === 'iinf') id = idOfExif(file, box);
    else if (box.type === 'iloc') locations = contentOf(file, box);
    else if (box.type === 'idat') data = box.from;
  }
  const place = id !== undefined && locations ? placeOf(id, locations) : undefined;
  if (!place) return undefined;
  const base = place.method === 0 ? 0 : place.method === 1 ? data : undefined;
  return base === undefined ? undefined : tiffIn(file, base + place.offset);
}

function contentOf(file: FileBytes, { from, to }: FileBox): DataView | undefined {
  return viewAt(file, from, Math.min(to - from, mostListBytes));
}

/** 8.11.6: entries from version 2 on have types. */
function idOfExif(file: FileBytes, { from, to }: FileBox): number | undefined {
  const version = viewAt(file, from, 1)?.getUint8(0);
  if (version === undefined) return undefined;
  let left = mostItems;
  for (const entry of boxesIn(file, from + (version === 0 ? 6 : 8), to)) {
    left -= 1;
    if (left < 0) return undefined;
    const view = entry.type === 'infe' ? viewAt(file, entry.from, 14) : undefined;
    const wide = view?.getUint8(0) === 3;
    if (!view || !(wide || view.getUint8(0) === 2)) continue;
    if (holdsText(view, 'Exif', wide ? 10 : 8)) return wide ? view.getUint32(4) : view.getUint16(4);
  }
  return undefined;
}

interface ItemPlace {
  /** 0: counted from the file's beginning, 1: from that of the box `idat`. */
  readonly method: number;
  readonly offset: number;
}

/** 8.11.3: what lies where, in numbers of the sizes that stand before them. */
function placeOf(wanted: number, list: DataView): ItemPlace | undefined {
  try {
    return placeIn(wanted, list);
  } catch (error) {
    // The list ends before.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function placeIn(wanted: number, list: DataView): ItemPlace | undefined {
  let at = 0;
  const number = (size: number): number => {
    const from = at;
    at += size;
    if (size === 0) return 0;
    if (size === 1) return list.getUint8(from);
    if (size === 2) return list.getUint16(from);
    return size === 4 ? list.getUint32(from) : Number(list.getBigUint64(from));
  };
  const version = number(1);
  at += 3;
  const [sizes, more] = [number(1), number(1)];
  const [offsetSize, lengthSize, baseSize] = [sizes >> 4, sizes & 15, more >> 4];
  const indexSize = version === 0 ? 0 : more & 15;
  const count = number(version < 2 ? 2 : 4);
  for (let item = 0; item < Math.min(count, mostItems); item += 1) {
    const id = number(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : number(2) & 15;
    at += 2;
    const base = number(baseSize);
    const extents = number(2);
    for (let extent = 0; extent < extents; extent += 1) {
      number(indexSize);
      const offset = base + number(offsetSize);
      number(lengthSize);
      // EXIF in pieces is not put together: no camera writes it so.
      if (id === wanted) return extents === 1 ? { method, offset } : undefined;
    }
  }
  return undefined;
}
