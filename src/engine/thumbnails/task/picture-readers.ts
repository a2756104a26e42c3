import type { ReaderName } from '../../../shared/image-formats.ts';
import type { PictureReader } from '../formats/picture-reader.ts';

const loaders: Readonly<Record<ReaderName, () => Promise<PictureReader>>> = {
  raw: () => import('../formats/raw/raw-reader.ts').then(({ rawReader }) => rawReader),
  bmp: () => import('../formats/bmp/bmp-reader.ts').then(({ bmpReader }) => bmpReader),
  icon: () => import('../formats/ico/icon-reader.ts').then(({ iconReader }) => iconReader),
  photoshop: () => import('../formats/psd/psd-reader.ts').then(({ psdReader }) => psdReader),
  jxl: () => import('../formats/jxl/jxl-reader.ts').then(({ jxlReader }) => jxlReader),
  jpeg2000: () =>
    import('../formats/jpeg2000/jpeg2000-reader.ts').then(({ jpeg2000Reader }) => jpeg2000Reader),
  pdf: () => import('../formats/pdf/pdf-reader.ts').then(({ pdfReader }) => pdfReader),
  video: () => import('../formats/video/video-reader.ts').then(({ videoReader }) => videoReader),
  heic: () => import('../formats/heic/heic-reader.ts').then(({ heicReader }) => heicReader),
};

/** The reader of a format, loaded by the first picture of it. */
export function readerOf(name: ReaderName): Promise<PictureReader> {
  return loaders[name]();
}
