import { type FileBytes, viewAt } from '../../../../codecs/headers/file-bytes.ts';
import { boxesIn, type FileBox } from '../boxes.ts';
import { endsTooEarly } from '../faults.ts';

/** What a file says beside its codestream (ISO/IEC 15444-1, annex I). */
export interface Jp2Boxes {
  readonly codestreamAt: number;
  /** Whether its colours are sYCC, and not those that their number tells. */
  readonly isYcc: boolean;
  readonly profile: Uint8Array | undefined;
  readonly hasPalette: boolean;
  readonly exif: Uint8Array | undefined;
  readonly xmp: Uint8Array | undefined;
}

/** The number of sYCC among those of colour spaces. */
const SYCC = 18;
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
  isYcc: false,
  profile: undefined,
  hasPalette: false,
  exif: undefined,
  xmp: undefined,
};

function headerIn(file: FileBytes, { type, from, to }: FileBox, found: Jp2Boxes): Partial<Jp2Boxes> {
  if (type === 'pclr') return { hasPalette: true };
  // Of several, the first that is understood counts.
  if (type !== 'colr' || found.isYcc || found.profile) return {};
  const method = viewAt(file, from, 1)?.getUint8(0);
  if (method === 1) return { isYcc: viewAt(file, from + 3, 4)?.getUint32(0) === SYCC };
  if ((method !== 2 && method !== 3) || to - from > mostMetadataBytes) return {};
  return { profile: Uint8Array.from(file.read(from + 3, to - from - 3)) };
}

function metadataIn(file: FileBytes, { from, to }: FileBox): Partial<Jp2Boxes> {
  if (to - from < 16 || to - from > mostMetadataBytes) return {};
  const uuid = Buffer.from(file.read(from, 16)).toString('hex');
  const bytes = () => Uint8Array.from(file.read(from + 16, to - from - 16));
  if (uuid === exifUuid) return { exif: bytes() };
  return uuid === xmpUuid ? { xmp: bytes() } : {};
}
