import { type FileBytes, holdsText, viewAt } from '../../../../codecs/headers/file-bytes.ts';

const byStart: readonly (readonly [start: string, demuxer: string])[] = [
  ['\x1a\x45\xdf\xa3', 'matroska'],
  ['RIFF', 'avi'],
  ['FLV\x01', 'flv'],
  ['\x30\x26\xb2\x75', 'asf'],
  ['\0\0\x01\xba', 'mpeg'],
  ['\0\0\x01\xb3', 'mpegvideo'],
  ['OggS', 'ogg'],
];

/**
 * Which of ffmpeg's readers is to read a file. It is told, because those of playlists (HLS, concat and their kin) open
 * whatever other files a text names.
 */
export function demuxerOf(file: FileBytes): string {
  const start = viewAt(file, 0, 8);
  if (!start) return 'mov';
  const found = byStart.find(([text]) => holdsText(start, text));
  if (found) return found[1];
  const isStream = start.getUint8(0) === 0x47 || start.getUint8(4) === 0x47;
  return isStream && !holdsText(start, 'ftyp', 4) ? 'mpegts' : 'mov';
}
