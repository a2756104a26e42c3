import { segments } from '../jpeg/jpeg-header.ts';
import { lettersAt, type Metadata, type Text } from './metadata.ts';
import { fieldsAt } from './tiff-fields.ts';

const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP13 = 0xed;
const COM = 0xfe;

const exifName = 'Exif\0\0';
const xmpName = 'http://ns.adobe.com/xap/1.0/\0';
const profileName = 'ICC_PROFILE\0';
const gainMapName = 'urn:iso:std:iso:ts:21496:-1';
const photoshopName = 'Photoshop 3.0\0';

/** What a segment holds beside its marker and length. */
const mostSegmentBytes = 65_533;
/** Of Photoshop's resources, the one with IPTC-IIM. */
const IPTC = 0x0404;

/** What stands before the first scan of a JPEG file. */
export function jpegMetadata(bytes: Uint8Array): Metadata {
  let exif: Uint8Array | undefined;
  let xmp: Uint8Array | undefined;
  let photoshop: Uint8Array | undefined;
  let gainMap = false;
  const texts: Text[] = [];
  const chunks: { readonly number: number; readonly data: Uint8Array }[] = [];
  for (const { code, data } of segments(bytes)) {
    const begins = (name: string) => lettersAt(data, 0, name.length) === name;
    if (code === APP1 && begins(exifName)) exif ??= Uint8Array.from(data.subarray(exifName.length));
    else if (code === APP1 && begins(xmpName)) xmp ??= Uint8Array.from(data.subarray(xmpName.length));
    else if (code === APP13 && begins(photoshopName)) photoshop ??= data.subarray(photoshopName.length);
    else if (code === COM) texts.push({ keyword: 'Comment', text: textOf(data) });
    else if (code === APP2 && begins(gainMapName)) gainMap = true;
    else if (code === APP2 && begins(profileName))
      chunks.push({ number: data[12] ?? 0, data: data.subarray(14) });
  }
  chunks.sort((one, other) => one.number - other.number);
  return {
    exif,
    xmp,
    iptc: photoshop && iptcIn(photoshop),
    texts,
    gainMap: gainMap || (xmp !== undefined && Buffer.from(xmp).includes('hdrgm:Version')),
    profile: chunks.length === 0 ? undefined : Buffer.concat(chunks.map(({ data }) => data)),
  };
}

function textOf(data: Uint8Array): string {
  const text = data.subarray(0, data.findLastIndex((byte) => byte !== 0) + 1);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(text);
  } catch {
    return Buffer.from(text).toString('latin1');
  }
}

/** The contents of a resource: `8BIM`, its number, its name and its length, both padded to even lengths. */
function iptcIn(resources: Uint8Array): Uint8Array | undefined {
  const view = new DataView(resources.buffer, resources.byteOffset, resources.byteLength);
  for (let at = 0; at + 12 <= resources.length && lettersAt(resources, at) === '8BIM'; ) {
    const nameBytes = 1 + (resources[at + 6] ?? 0);
    const sizeAt = at + 6 + nameBytes + (nameBytes % 2);
    if (sizeAt + 4 > resources.length) return undefined;
    const [from, size] = [sizeAt + 4, view.getUint32(sizeAt)];
    if (from + size > resources.length) return undefined;
    if (view.getUint16(at + 4) === IPTC) return Uint8Array.from(resources.subarray(from, from + size));
    at = from + size + (size % 2);
  }
  return undefined;
}

/**
 * The same JPEG with metadata behind its JFIF segment, in the place of what the encoder has written of that itself, as it
 * does with a gain map. What no segment can hold is left out.
 */
export function jpegWith(jpeg: Uint8Array, { exif, xmp, iptc, texts = [], profile }: Metadata): Uint8Array {
  const jfifEnd = endOf(jpeg, 2, APP0, '');
  const at = endOf(jpeg, endOf(jpeg, jfifEnd, APP1, exifName), APP2, profileName);
  const file = Buffer.concat([
    jpeg.subarray(0, jfifEnd),
    ...(exif ? segment(APP1, exifName, exif) : []),
    ...(xmp ? segment(APP1, xmpName, xmp) : []),
    ...(profile ? profileSegments(profile) : []),
    ...(iptc ? segment(APP13, photoshopName, resource(IPTC, iptc)) : []),
    ...texts.flatMap(({ keyword, text }) =>
      keyword === 'Comment' ? segment(COM, '', Buffer.from(text)) : [],
    ),
    jpeg.subarray(at),
  ]);
  growFirstPicture(file, file.length - jpeg.length);
  return file;
}

/** Where segments of a kind end that stand at a place. */
function endOf(jpeg: Uint8Array, from: number, code: number, name: string): number {
  let at = from;
  while (jpeg[at] === 0xff && jpeg[at + 1] === code && lettersAt(jpeg, at + 4, name.length) === name) {
    at += 2 + (((jpeg[at + 2] ?? 0) << 8) | (jpeg[at + 3] ?? 0));
  }
  return at;
}

/** The directory of several pictures (CIPA DC-007, 5.2.3), which tells the length of the first. */
function growFirstPicture(jpeg: Uint8Array, growth: number): void {
  for (const { code, data } of segments(jpeg)) {
    if (code !== APP2 || lettersAt(data, 0) !== 'MPF\0') continue;
    const view = new DataView(data.buffer, data.byteOffset + 4, data.byteLength - 4);
    const little = view.getUint16(0) === 0x4949;
    const pictures = fieldsAt(view, view.getUint32(4, little), little)?.fields.find(
      ({ tag }) => tag === 0xb002,
    );
    if (!pictures) continue;
    const lengthAt = pictures.valueAt + 4;
    view.setUint32(lengthAt, view.getUint32(lengthAt, little) + growth, little);
  }
}

function segment(code: number, name: string, data: Uint8Array): Uint8Array[] {
  const length = name.length + data.length;
  if (length > mostSegmentBytes) return [];
  const head = Buffer.alloc(4 + name.length);
  head.set([0xff, code]);
  head.writeUInt16BE(2 + length, 2);
  head.write(name, 4, 'latin1');
  return [head, data];
}

/** ICC.1, annex B.4: chunks that are counted from 1. */
function profileSegments(profile: Uint8Array): Uint8Array[] {
  const most = mostSegmentBytes - profileName.length - 2;
  const count = Math.ceil(profile.length / most);
  if (count > 255) return [];
  return Array.from({ length: count }, (_, i) =>
    segment(
      APP2,
      `${profileName}${String.fromCharCode(i + 1, count)}`,
      profile.subarray(i * most, (i + 1) * most),
    ),
  ).flat();
}

function resource(number: number, data: Uint8Array): Buffer {
  const head = Buffer.from('8BIM\0\0\0\0\0\0\0\0', 'latin1');
  head.writeUInt16BE(number, 4);
  head.writeUInt32BE(data.length, 8);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}
