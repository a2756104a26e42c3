import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../../test/codecs/jpeg/samples.ts';
import { exifOf } from '../../../test/images/exif.ts';
import { withMetadata } from '../../../test/images/profiled.ts';
import { readOrientation } from '../common/exif-orientation.ts';
import { bytesInMemory } from '../headers/file-bytes.ts';
import { changedExif } from './exif-block.ts';
import { jpegMetadata } from './jpeg-metadata.ts';
import type { Metadata } from './metadata.ts';
import { pngMetadata } from './png-metadata.ts';
import { fieldsAt } from './tiff-fields.ts';
import { tiffMetadata } from './tiff-metadata.ts';
import { webpMetadata } from './webp-metadata.ts';
import { changedXmp } from './xmp-packet.ts';

/** `npm run test:fuzz` makes 100,000 of each. */
const times = Number(process.env.SHOAL_FUZZ ?? 2000);
const change = { width: 75, height: 50, srgb: true, gps: false };

const xmp =
  Buffer.from(`<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about='' exif:GPSLatitude="52,30N"
 tiff:Orientation="6"><exif:GPSLongitude>13,24E</exif:GPSLongitude><dc:title><rdf:Alt><rdf:li>a &amp; b</rdf:li></rdf:Alt>
</dc:title></rdf:Description></rdf:RDF></x:xmpmeta>   <?xpacket end="w"?>`);
const given: Metadata = {
  exif: exifOf('II'),
  xmp,
  iptc: Buffer.from('\x1c\x02\x5a\0\x06Berlin'),
  texts: [{ keyword: 'Comment', text: 'hi' }],
};

/** Changed bytes, numbers at their bounds, cuts and pieces twice. */
function mutated(file: Uint8Array, random: () => number): Buffer {
  const below = (limit: number) => Math.floor(random() * limit);
  let out = Buffer.from(file);
  for (let i = 0; i <= below(4) && out.length > 1; i++) {
    const at = below(out.length);
    const kind = below(5);
    if (kind === 0) out[at] = below(256);
    else if (kind === 1) out.fill([0, 255, 1, 8][below(4)] ?? 0, at, Math.min(out.length, at + 1 + below(4)));
    else if (kind === 2) out = Buffer.from(out.subarray(0, at));
    else if (kind === 3) out[at] = (out[at] ?? 0) ^ (1 << below(8));
    else
      out = Buffer.concat([
        out.subarray(0, at),
        out.subarray(below(out.length), at + below(40)),
        out.subarray(at),
      ]);
  }
  return out;
}

/** Without the room between elements, of which less is left each time. */
const dense = (packet: Uint8Array | undefined) =>
  Buffer.from(packet ?? [])
    .toString()
    .replaceAll(/\s+/g, '');

describe('metadata of damaged files', () => {
  const image = sharp({ create: { width: 20, height: 10, channels: 3, background: 'red' } });
  const readers = {
    jpeg: (bytes: Uint8Array) => jpegMetadata(bytes),
    png: (bytes: Uint8Array) => pngMetadata(bytesInMemory(bytes), true),
    webp: (bytes: Uint8Array) => webpMetadata(bytesInMemory(bytes)),
    tiff: (bytes: Uint8Array) => tiffMetadata(bytesInMemory(bytes)),
  };

  it.each(Object.keys(readers) as (keyof typeof readers)[])(
    'of %s is read without a fault, or not',
    async (format) => {
      const random = randomFrom(1);
      const file = withMetadata(await image.clone()[format]().toBuffer(), format, given);
      const read = readers[format];
      expect(read(file).exif).toBeDefined();
      for (let i = 0; i < times; i++) {
        const { exif, xmp: packet } = read(mutated(file, random));
        if (exif) changedExif(exif, change);
        if (packet) changedXmp(packet, change);
      }
    },
  );

  it('of EXIF is never longer afterwards, never turned, and never tells the place', () => {
    const random = randomFrom(2);
    for (let i = 0; i < 2 * times; i++) {
      const before = mutated(exifOf(i % 2 === 0 ? 'II' : 'MM'), random);
      const copy = Buffer.from(before);
      const after = changedExif(before, change);
      expect(before.equals(copy)).toBe(true);
      expect(after?.length ?? 0).toBeLessThanOrEqual(before.length);
      if (!after) continue;
      expect(readOrientation(after)).toBe(1);
      const view = new DataView(after.buffer, after.byteOffset, after.byteLength);
      const little = after[0] === 0x49;
      const tags = fieldsAt(view, view.getUint32(4, little), little)?.fields.map(({ tag }) => tag);
      expect(tags).not.toContain(0x8825);
    }
  });

  it('of XMP is XML again, without the place, or nothing', () => {
    const random = randomFrom(3);
    for (let i = 0; i < times; i++) {
      const after = changedXmp(mutated(xmp, random), change);
      if (after) expect(dense(changedXmp(after, change))).toBe(dense(after));
    }
  });
});
