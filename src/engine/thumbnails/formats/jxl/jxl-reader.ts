import loadDecoder from '@jsquash/jxl/codec/dec/jxl_dec.js';
import type { FileBytes } from '../../../../codecs/headers/file-bytes.ts';
import { ItemError } from '../../../../shared/failure.ts';
import { damaged } from '../faults.ts';
import type { PictureReader, Pixels } from '../picture-reader.ts';
import { WasmLibrary } from '../wasm-library.ts';
import { readJxlHeader } from './jxl-header.ts';

interface Decoder {
  /** The first frame, turned, in sRGB. */
  decode(bytes: Uint8Array): {
    readonly data: Uint8ClampedArray<ArrayBuffer>;
    readonly width: number;
    readonly height: number;
  } | null;
}

const library = new WasmLibrary<Decoder>(loadDecoder, 'jxl');

/** JPEG XL, by libjxl. */
export const jxlReader: PictureReader = {
  open(file, { name }) {
    const { size, exif, xmp } = readJxlHeader(file, name);
    return { size, orientation: 1, exif, xmp, pixels: () => decoded(file, name), close: () => {} };
  },
};

async function decoded(file: FileBytes, name: string): Promise<Pixels> {
  const bytes = file.read(0, file.length);
  const image = await library
    .call(name, (decoder) => decoder.decode(bytes))
    .catch((error) => {
      if (error instanceof ItemError) throw error;
      throw undecodable(name, error);
    });
  if (!image) throw undecodable(name);
  const { data, width, height } = image;
  const pixels = new Uint8Array(data.buffer, data.byteOffset, data.length);
  return { kind: 'raster', raster: { pixels, channels: 4, width, height } };
}

function undecodable(name: string, cause?: unknown): ItemError {
  return damaged(name, 'its JPEG XL data cannot be decoded, or ends before the image does', cause);
}
