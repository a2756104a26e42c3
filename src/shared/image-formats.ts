import type { WrittenFormat } from './settings/choices.ts';

/** An image format as Shoal knows it. */
interface ImageFormat {
  /** As people call it. */
  readonly name: string;
  /** File name extensions, in lower case, without the dot. */
  readonly extensions: readonly string[];
  /** The format that its thumbnails are in where the input's is kept. Absent: the format is not read. */
  readonly kept?: WrittenFormat;
  /** The extension tells another format than `kept`, so that a thumbnail cannot have it. */
  readonly renamed?: true;
}

/** The formats that people have, those that are read first: what names, lists or tells formats is derived. */
const imageFormats: readonly ImageFormat[] = [
  { name: 'JPEG', extensions: ['jpg', 'jpeg', 'jpe', 'jfif'], kept: 'jpeg' },
  { name: 'PNG', extensions: ['png'], kept: 'png' },
  { name: 'WebP', extensions: ['webp'], kept: 'webp' },
  { name: 'GIF', extensions: ['gif'], kept: 'gif' },
  { name: 'AVIF', extensions: ['avif'], kept: 'avif' },
  { name: 'TIFF', extensions: ['tif', 'tiff'], kept: 'tiff' },
  // Vector graphics become pixels; PNG keeps their transparency.
  { name: 'SVG', extensions: ['svg'], kept: 'png', renamed: true },
  { name: 'HEIC', extensions: ['heic', 'heif'] },
  { name: 'BMP', extensions: ['bmp'] },
  { name: 'JPEG XL', extensions: ['jxl'] },
  { name: 'JPEG 2000', extensions: ['jp2'] },
  { name: 'Photoshop', extensions: ['psd'] },
  { name: 'icon', extensions: ['ico'] },
  {
    name: 'camera raw',
    extensions: ['cr2', 'cr3', 'nef', 'arw', 'dng', 'orf', 'raf', 'rw2'],
  },
];

const byExtension = new Map(
  imageFormats.flatMap((format) => format.extensions.map((extension) => [extension, format])),
);

/** The format that files of this extension are usually in; `undefined` where it is no image's. */
export function formatOfExtension(extension: string): ImageFormat | undefined {
  return byExtension.get(extension);
}

/** The formats that are read, in a sentence: "JPEG, PNG and SVG". */
export function readFormats(lastJoinedBy: 'and' | 'or'): string {
  const names = imageFormats.filter(({ kept }) => kept).map(({ name }) => name);
  return `${names.slice(0, -1).join(', ')} ${lastJoinedBy} ${names.at(-1)}`;
}
