import type { ReaderName } from '../../../shared/image-formats.ts';
import type { PictureReader } from '../formats/picture-reader.ts';

const loaders: Readonly<Record<ReaderName, () => Promise<PictureReader>>> = {
  bmp: () => import('../formats/bmp/bmp-reader.ts').then(({ bmpReader }) => bmpReader),
  heic: () => import('../formats/heic/heic-reader.ts').then(({ heicReader }) => heicReader),
};

/** The reader of a format, loaded by the first picture of it. */
export function readerOf(name: ReaderName): Promise<PictureReader> {
  return loaders[name]();
}
