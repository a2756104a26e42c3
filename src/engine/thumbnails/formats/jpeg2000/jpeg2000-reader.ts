// @ts-expect-error: the package has no types; those of what is used are below.
import loadDecoder from '@cornerstonejs/codec-openjpeg/decodewasmjs';
import type { FileBytes } from '../../../../codecs/headers/file-bytes.ts';
import { ItemError } from '../../../../shared/failure.ts';
import { damaged } from '../faults.ts';
import type { PictureReader, Pixels } from '../picture-reader.ts';
import { WasmLibrary } from '../wasm-library.ts';
import { type Codestream, readCodestream, sizeAt } from './codestream.ts';
import { type Jp2Boxes, readJp2Boxes } from './jp2-boxes.ts';
import { rasterOfSamples, type Samples } from './samples-to-raster.ts';

interface Decoder {
  /** The memory for the file, to be filled. */
  getEncodedBuffer(length: number): Uint8Array;
  getDecodedBuffer(): Uint8Array;
  /** @param halvings how often the image is halved. @param layers 0 for all. */
  decodeSubResolution(halvings: number, layers: number): void;
  getFrameInfo(): {
    readonly width: number;
    readonly height: number;
    readonly bitsPerSample: number;
    readonly componentCount: number;
    readonly isSigned: boolean;
  };
  delete(): void;
}

const library = new WasmLibrary<{ readonly J2KDecoder: new () => Decoder }>(loadDecoder, 'jpeg2000');

/** JPEG 2000, in boxes (JP2) or bare, by OpenJPEG: no larger than needed. */
export const jpeg2000Reader: PictureReader = {
  open(file, { name }) {
    const boxes = readJp2Boxes(file, name);
    const codestream = readCodestream(file, boxes.codestreamAt, name);
    return {
      size: sizeAt(codestream, 0),
      orientation: 1,
      profile: boxes.profile,
      exif: boxes.exif,
      xmp: boxes.xmp,
      pixels: (suffices) => {
        let halvings = 0;
        // The numbers of a palette have no mean.
        const most = boxes.hasPalette ? 0 : codestream.levels;
        while (halvings < most && suffices(sizeAt(codestream, halvings + 1))) halvings += 1;
        return decoded(file, name, halvings, boxes, codestream);
      },
      close: () => {},
    };
  },
};

async function decoded(
  file: FileBytes,
  name: string,
  halvings: number,
  boxes: Jp2Boxes,
  codestream: Codestream,
): Promise<Pixels> {
  const bytes = file.read(0, file.length);
  const samples = await library
    .call(name, ({ J2KDecoder }) => samplesOf(new J2KDecoder(), bytes, halvings))
    .catch((error) => {
      if (error instanceof ItemError) throw error;
      throw damaged(name, 'its JPEG 2000 data cannot be decoded', error);
    });
  const size = sizeAt(codestream, halvings);
  const needed = size.width * size.height * samples.count * (samples.bits > 8 ? 2 : 1);
  if (samples.bytes.length !== needed) throw damaged(name, 'its JPEG 2000 data cannot be decoded');
  const raster = rasterOfSamples({ ...samples, size }, codestream.components, boxes.isYcc);
  return { kind: 'raster', raster };
}

function samplesOf(decoder: Decoder, bytes: Uint8Array, halvings: number): Omit<Samples, 'size'> {
  decoder.getEncodedBuffer(bytes.length).set(bytes);
  decoder.decodeSubResolution(halvings, 0);
  const { componentCount, bitsPerSample, isSigned } = decoder.getFrameInfo();
  // A copy: it is the decoder's memory.
  const copy = decoder.getDecodedBuffer().slice();
  decoder.delete();
  return { bytes: copy, count: componentCount, bits: bitsPerSample, isSigned };
}
