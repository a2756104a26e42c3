import type { FileBytes } from '../../../../codecs/headers/file-bytes.ts';
import { ItemError } from '../../../../shared/failure.ts';
import { endsEarly } from '../ends-early.ts';
import type { Picture, PictureReader, ReaderSettings } from '../picture-reader.ts';
import { failureOfHeic } from './heic-failures.ts';
import { HeicFile } from './heic-file.ts';
import { contentOf } from './heic-picture.ts';

/** A longer file does not fit into libheif's memory. */
const mostBytes = 1024 * 1024 * 1024;

/** HEIC and its kin, by libheif in WebAssembly. */
export const heicReader: PictureReader = {
  open(file, settings) {
    const { name } = settings;
    if (file.length > mostBytes) {
      const message = `${name} is a HEIC image of more than 1 GB, which Shoal cannot read.`;
      throw new ItemError('UNSUPPORTED_IMAGE', message);
    }
    // libheif would make a picture of what there is.
    if (endsEarly('HEIC', file)) {
      throw new ItemError('TRUNCATED_IMAGE', `${name} ends before the image does.`);
    }
    return opened(file, settings);
  },
};

function opened(file: FileBytes, settings: ReaderSettings): Picture {
  const heic = new HeicFile(file.read(0, file.length));
  /** Work whose failures are told in our codes. */
  const attempt = <Value>(work: () => Value): Value => {
    try {
      return work();
    } catch (error) {
      throw failureOfHeic(error, settings.name);
    }
  };
  try {
    const content = attempt(() =>
      heic.attempt(() => {
        heic.read();
        return contentOf(heic, settings);
      }),
    );
    return {
      size: content.size,
      orientation: content.orientation,
      exif: content.exif,
      xmp: content.xmp,
      get profile() {
        return content.profile;
      },
      pixels: (suffices) => attempt(() => heic.attemptPixels(() => content.pixels(suffices))),
      close: () => heic.close(),
    };
  } catch (error) {
    heic.close();
    throw error;
  }
}
