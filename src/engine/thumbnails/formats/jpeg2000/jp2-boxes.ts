import { type FileBytes, viewAt } from '../../../../codecs/headers/file-bytes.ts';
import { boxesIn, type FileBox } from '../boxes.ts';
import { endsTooEarly } from '../faults.ts';

/** What a file says beside its codestream (ISO/IEC 15444-1, annex I). */
export interface Jp2Boxes {
  readonly codestreamAt: number;
  readonly colours: 'srgb' | 'grey' | 'sycc' | 'cmyk' | 'untold';
  readonly profile: Uint8Array | undefined;
  readonly hasPalette: boolean;
  /** Which component is the opacity of all others. */
  readonly opacity: number | undefined;
  readonly exif: Uint8Array | undefined;
  readonly xmp: Uint8Array | undefined;
}

const enumerated: Readonly<Record<number, Jp2Boxes['colours']>> = {
  12: 'cmyk',
  16: 'srgb',
  17: 'grey',
  18: 'sycc',
};
/** `JpgTiffExif->JP2`, and Adobe's for XMP. */
const exifUuid = '4a706754696666457869662d3e4a5032';
const xmpUuid = 'be7acfcb97a942e89c71999491e3afac';
const mostMetadataBytes = 16 * 1024 * 1024;

/** A bare codestream tells nothing more. @throws ItemError */
export function readJp2Boxes(file: FileBytes, name: string): Jp2Boxes {
  const found = { ...nothing };
  if (viewAt(file, 0, 2)?.getUint16(0) === 0xff4f) return found;
  for (const box of boxesIn(file, 0, file.length)) {
    if (box.type === 'jp2h')
      for (const inner of boxesIn(file, box.from, box.to)) Object.assign(found, headerIn(file, inner, found));
    if (box.type === 'uuid') Object.assign(found, metadataIn(file, box));
    if (box.type !== 'jp2c' || found.codestreamAt > 0) continue;
    if (box.to > file.length) throw endsTooEarly(name);
    found.codestreamAt = box.from;
  }
  if (found.codestreamAt === 0) throw endsTooEarly(name);
  return found;
}

const nothing: Jp2Boxes & { codestreamAt: number } = {
  codestreamAt: 0,
  colours: 'untold',
  profile: undefined,
  hasPalette: false,
  opacity: undefined,
  exif: undefined,
  xmp: undefined,
};

function headerIn(file: FileBytes, { type, from, to }: FileBox, found: Jp2Boxes): Partial<Jp2Boxes> {
  if (type === 'pclr') return { hasPalette: true };
  if (type === 'cdef') return { opacity: opacityIn(file, from, to) };
  // Of several, the first that is understood counts.
  if (type !== 'colr' || found.colours !== 'untold' || found.profile) return {};
  const method = viewAt(file, from, 1)?.getUint8(0);
  if (method === 1) return { colours: enumerated[viewAt(file, from + 3, 4)?.getUint32(0) ?? 0] ?? 'untold' };
  if ((method !== 2 && method !== 3) || to - from > mostMetadataBytes) return {};
  return { profile: Uint8Array.from(file.read(from + 3, to - from - 3)) };
}

function opacityIn(file: FileBytes, from: number, to: number): number | undefined {
  const count = viewAt(file, from, 2)?.getUint16(0) ?? 0;
  for (let at = from + 2, i = 0; i < count && at + 6 <= to; i++, at += 6) {
    const view = viewAt(file, at, 6);
    // Of the whole image.
    if (view?.getUint16(2) === 1) return view.getUint16(0);
  }
  return undefined;
}

function metadataIn(file: FileBytes, { from, to }: FileBox): Partial<Jp2Boxes> {
  if (to - from < 16 || to - from > mostMetadataBytes) return {};
  const uuid = Buffer.from(file.read(from, 16)).toString('hex');
  const bytes = () => Uint8Array.from(file.read(from + 16, to - from - 16));
  if (uuid === exifUuid) return { exif: bytes() };
  return uuid === xmpUuid ? { xmp: bytes() } : {};
}
