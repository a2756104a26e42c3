import { decode } from 'bmp-ts';
import { viewAt } from '../../../../codecs/headers/file-bytes.ts';
import { ItemError } from '../../../../shared/failure.ts';
import type { PictureReader } from '../picture-reader.ts';

/** BMP, by bmp-ts. */
export const bmpReader: PictureReader = {
  open(file, { name }) {
    const header = viewAt(file, 0, 26);
    if (!header) throw new ItemError('TRUNCATED_IMAGE', `${name} ends before the image does.`);
    const size = { width: header.getInt32(18, true), height: Math.abs(header.getInt32(22, true)) };
    return {
      size,
      orientation: 1,
      pixels: () => {
        const { data } = decode(Buffer.from(file.read(0, file.length)), { toRGBA: true });
        const pixels = new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.length);
        return { kind: 'raster', raster: { pixels, channels: 4, ...size } };
      },
      close: () => {},
    };
  },
};
