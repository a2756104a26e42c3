import { relative, sep } from 'node:path';
import { formatsOf } from '../gallery/cell.ts';
import { escaped } from '../gallery/html.ts';
import { relativeAddress } from '../gallery/relative-address.ts';
import type { SetEntry, SetRendition } from '../set-of-pictures.ts';
import type { ManifestPicture } from './manifest-schema.ts';

/** What the manifest in `folder` says of a picture. */
export function pictureOfManifest(entry: SetEntry, folder: string): ManifestPicture {
  const { input, name, renditions, thumbHash, colour } = entry;
  const formats = formatsOf(renditions);
  const sets = formats.map((format) => [format[0]?.type ?? '', sourceSet(format, folder)] as const);
  return {
    input: pathFrom(folder, input),
    name,
    renditions: renditions.map((rendition) => ({ ...rendition, path: pathFrom(folder, rendition.path) })),
    ...(thumbHash !== undefined && { thumbHash }),
    ...(colour !== undefined && { colour }),
    srcset: Object.fromEntries(sets),
    picture: pictureElement(formats, folder),
  };
}

function pathFrom(folder: string, file: string): string {
  return relative(folder, file).split(sep).join('/');
}

function sourceSet(format: readonly SetRendition[], folder: string): string {
  return format.map(({ path, width }) => `${relativeAddress(folder, path)} ${width}w`).join(', ');
}

/** @param formats the one that all browsers show is the last. */
function pictureElement(formats: readonly (readonly SetRendition[])[], folder: string): string {
  const fallback = formats.at(-1) ?? [];
  const largest = fallback.at(-1);
  if (!largest) return '';
  const { width, height, path } = largest;
  // Browsers that know `auto` take the width that the page gives it, the others that of the largest.
  const sizes = `sizes="auto, (max-width: ${width}px) 100vw, ${width}px"`;
  const set = (format: readonly SetRendition[]) => `srcset="${escaped(sourceSet(format, folder))}" ${sizes}`;
  const sources = formats
    .slice(0, -1)
    .map((format) => `<source type="${format[0]?.type ?? ''}" ${set(format)}>`);
  const src = escaped(relativeAddress(folder, path));
  const image = `<img src="${src}" ${set(fallback)} width="${width}" height="${height}" loading="lazy" decoding="async" alt="">`;
  return `<picture>${sources.join('')}${image}</picture>`;
}
