import { formatsOf } from '../gallery/cell.ts';
import { escaped } from '../gallery/html.ts';
import type { SetEntry, SetRendition } from '../set-of-pictures.ts';
import type { ManifestPicture } from './manifest-schema.ts';
import type { Places } from './places.ts';

type Addressed = SetRendition & { readonly address: string };

/** What the manifest says of a picture. */
export function pictureOfManifest(entry: SetEntry, places: Places): ManifestPicture {
  const { input, name, renditions, thumbHash, colour } = entry;
  const placed = renditions.map((rendition) => ({ ...rendition, ...places.of(rendition.path) }));
  const formats = formatsOf<Addressed>(placed);
  const sets = formats.map((format) => ({ type: format[0]?.type ?? '', srcset: sourceSet(format) }));
  return {
    input: places.of(input).path,
    name,
    renditions: placed.map(({ address: _address, ...rendition }) => rendition),
    ...(thumbHash !== undefined && { thumbHash }),
    ...(colour !== undefined && { colour }),
    srcset: Object.fromEntries(sets.map(({ type, srcset }) => [type, srcset])),
    picture: pictureElement(sets, formats.at(-1)?.at(-1)),
  };
}

function sourceSet(format: readonly Addressed[]): string {
  return format.map(({ address, width }) => `${address} ${width}w`).join(', ');
}

/**
 * @param sets by format: the one that all browsers show is the last.
 * @param largest of that format.
 */
function pictureElement(
  sets: readonly { readonly type: string; readonly srcset: string }[],
  largest: Addressed | undefined,
): string {
  const fallback = sets.at(-1);
  if (!fallback || !largest) return '';
  const { width, height, address } = largest;
  // Browsers that know `auto` take the width that the page gives it, the others that of the largest.
  const sizes = `sizes="auto, (max-width: ${width}px) 100vw, ${width}px"`;
  const set = (srcset: string) => `srcset="${escaped(srcset)}" ${sizes}`;
  const sources = sets.slice(0, -1).map(({ type, srcset }) => `<source type="${type}" ${set(srcset)}>`);
  const image = `<img src="${escaped(address)}" ${set(fallback.srcset)} width="${width}" height="${height}" loading="lazy" decoding="async" alt="">`;
  return `<picture>${sources.join('')}${image}</picture>`;
}
