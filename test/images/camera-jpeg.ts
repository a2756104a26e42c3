/** Puts an EXIF block with an embedded thumbnail (and an orientation) into a JPEG file, as cameras do. */
export function withExifThumbnail(jpeg: Buffer, thumbnail: Buffer, orientation = 1): Buffer {
  const ifd0 = ifd([[0x0112, 3, orientation]]);
  const ifd0At = 8;
  const ifd1At = ifd0At + ifd0.length;
  const entries = 3;
  const thumbnailAt = ifd1At + 2 + entries * 12 + 4;
  // Compression 6 (JPEG), JPEGInterchangeFormat and its length: EXIF 2.3, 4.6.4.
  const ifd1 = ifd([
    [0x0103, 3, 6],
    [0x0201, 4, thumbnailAt],
    [0x0202, 4, thumbnail.length],
  ]);
  ifd0.writeUInt32BE(ifd1At, ifd0.length - 4);
  const header = Buffer.from([0x4d, 0x4d, 0, 42, 0, 0, 0, ifd0At]);
  return insertSegment(jpeg, 0xe1, Buffer.concat([Buffer.from('Exif\0\0'), header, ifd0, ifd1, thumbnail]));
}

/**
 * Appends further pictures to a JPEG file and lists them, as cameras and phones do with their larger previews: the
 * Multi-Picture Format, CIPA DC-007, 5.2. `gap` puts them further back than the list says; `type` is their MP type, by
 * default that of a thumbnail for a VGA monitor.
 */
export function withFurtherPictures(
  jpeg: Buffer,
  pictures: readonly Buffer[],
  gap = 0,
  type = 0x0001_0001,
): Buffer {
  const count = pictures.length + 1;
  const entriesAt = 8 + 2 + 3 * 12 + 4;
  const index = Buffer.alloc(entriesAt + 16 * count);
  index.write('MM\0*\0\0\0\x08', 0, 'latin1');
  index.writeUInt16BE(3, 8);
  // MPFVersion and MPEntry are of type 7, UNDEFINED, NumberOfImages is of type 4, LONG.
  const fields = [
    [0xb000, 7, 4, 0x30313030],
    [0xb001, 4, 1, count],
    [0xb002, 7, 16 * count, entriesAt],
  ] as const;
  for (const [place, [tag, type, length, value]] of fields.entries()) {
    const at = 10 + place * 12;
    index.writeUInt16BE(tag, at);
    index.writeUInt16BE(type, at + 2);
    index.writeUInt32BE(length, at + 4);
    index.writeUInt32BE(value, at + 8);
  }
  // Offsets count from the index, which stands after SOI, the marker, its length and the name; the first is 0.
  const indexAt = 2 + 4 + 4;
  const wholeLength = jpeg.length + 8 + index.length;
  let offset = 0;
  for (const [place, picture] of [jpeg, ...pictures].entries()) {
    const at = entriesAt + place * 16;
    index.writeUInt32BE(place === 0 ? 0x2003_0000 : type, at);
    index.writeUInt32BE(place === 0 ? wholeLength : picture.length, at + 4);
    index.writeUInt32BE(offset, at + 8);
    offset = place === 0 ? wholeLength - indexAt : offset + picture.length;
  }
  const first = insertSegment(jpeg, 0xe2, Buffer.concat([Buffer.from('MPF\0'), index]));
  return Buffer.concat([first, Buffer.alloc(gap), ...pictures]);
}

/** A directory of the TIFF format, big-endian, each entry a tag, a type (3 SHORT, 4 LONG) and a value. */
function ifd(entries: readonly (readonly [tag: number, type: number, value: number])[]): Buffer {
  const directory = Buffer.alloc(2 + entries.length * 12 + 4);
  directory.writeUInt16BE(entries.length, 0);
  for (const [index, [tag, type, value]] of entries.entries()) {
    const at = 2 + index * 12;
    directory.writeUInt16BE(tag, at);
    directory.writeUInt16BE(type, at + 2);
    directory.writeUInt32BE(1, at + 4);
    if (type === 3) directory.writeUInt16BE(value, at + 8);
    else directory.writeUInt32BE(value, at + 8);
  }
  return directory;
}

function insertSegment(jpeg: Buffer, marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, data, jpeg.subarray(2)]);
}
