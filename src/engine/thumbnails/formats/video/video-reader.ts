import { ItemError } from '../../../../shared/failure.ts';
import type { PictureReader } from '../picture-reader.ts';
import { findFfmpeg } from './find-ffmpeg.ts';
import { videoFrame } from './video-frame.ts';

/** A frame of a video, by the ffmpeg that is installed. */
export const videoReader: PictureReader = {
  async open(file, settings) {
    const ffmpeg = findFfmpeg();
    if (ffmpeg === undefined) {
      throw new ItemError(
        'FFMPEG_MISSING',
        `${settings.name} is a video, whose pictures Shoal takes by ffmpeg, which is not installed.`,
      );
    }
    const raster = await videoFrame(ffmpeg, file, settings);
    const { width, height } = raster;
    return {
      size: { width, height },
      orientation: 1,
      pixels: () => ({ kind: 'raster', raster }),
      close: () => {},
    };
  },
};
