import { thumbHashToAverageRGBA } from 'thumbhash';
import type { SetEntry, SetRendition } from '../set-of-pictures.ts';
import { escaped } from './html.ts';
import { relativeAddress } from './relative-address.ts';

/** What every browser shows, the best first: the others are offered before it. */
const shownEverywhere: readonly string[] = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'];

/** So many characters at the end of a name are shown in any case: most of a number, and the extension. */
const endOfName = 8;

/** One picture of the page: a link to its largest rendition that the page's script opens in the viewer. */
export function cell(entry: SetEntry, folder: string): string {
  const formats = formatsOf(entry.renditions);
  const [last] = formats.slice(-1);
  const largest = last?.at(-1);
  if (!last || !largest) return '';
  const name = escaped(entry.name);
  const { width, height, path } = largest;
  const address = relativeAddress(folder, path);
  const sources = formats.slice(0, -1).map((format) => {
    return `<source type="${format[0]?.type}" srcset="${sourceSet(format, folder)}" sizes="auto, ${width}px">`;
  });
  return [
    `<li style="--w:${width};--h:${height}${colourOf(entry)}"><a href="${address}"${hashOf(entry)}><picture>`,
    ...sources,
    `<img src="${relativeAddress(folder, last[0]?.path ?? path)}" srcset="${sourceSet(last, folder)}" sizes="auto, ${width}px"`,
    ` width="${width}" height="${height}" loading="lazy" decoding="async" alt="${name}"></picture></a>`,
    `<span dir="auto" aria-hidden="true" translate="no" title="${name}">${captionOf(entry.name)}</span></li>\n`,
  ].join('');
}

/** In two parts, of which the first is cut where there is little room; not where parts might change places. */
function captionOf(name: string): string {
  const split = name.length - endOfName;
  if (split < endOfName || !/^[\x20-\x7e]*$/.test(name)) return `<span>${escaped(name)}</span>`;
  return `<span>${escaped(name.slice(0, split))}</span><span>${escaped(name.slice(split))}</span>`;
}

/** The largest of a picture: how large it may be shown. */
export function largestOf({ renditions }: SetEntry): SetRendition | undefined {
  return formatsOf(renditions).at(-1)?.at(-1);
}

/** By format, the one that every browser shows last; each by size. A rendition of another shape is not the same picture. */
export function formatsOf<Each extends SetRendition>(renditions: readonly Each[]): Each[][] {
  const widest = renditions.reduce<Each | undefined>(
    (best, one) => (best && best.width * best.height >= one.width * one.height ? best : one),
    undefined,
  );
  if (!widest) return [];
  const fitting = renditions.filter((one) => isOfShape(one, widest));
  const byType = [...Map.groupBy(fitting, ({ type }) => type).values()];
  return byType
    .map((format) => eachWidthOnce(format.toSorted((one, other) => one.width - other.width)))
    .toSorted((one, other) => rankOf(one) - rankOf(other));
}

/** A picture that is smaller than several sizes is the same in each: HTML forbids one width twice. */
function eachWidthOnce<Each extends SetRendition>(format: readonly Each[]): Each[] {
  return format.filter(({ width }, at) => width !== format[at - 1]?.width);
}

/** Sides are whole pixels, so that a small rendition is never exactly of the shape. */
function isOfShape(one: SetRendition, { width, height }: SetRendition): boolean {
  const scale = one.width / width;
  return Math.abs(height * scale - one.height) <= 1 + scale || Math.abs(one.height / height - scale) < 0.02;
}

/** What a person asked for first is offered first. */
function rankOf(format: readonly SetRendition[]): number {
  const place = shownEverywhere.indexOf(format[0]?.type ?? '');
  return place === -1 ? -1 : shownEverywhere.length - place;
}

function sourceSet(format: readonly SetRendition[], folder: string): string {
  return format.map(({ path, width }) => `${relativeAddress(folder, path)} ${width}w`).join(', ');
}

/** The colour shows while the picture loads: not behind one that can be looked through. */
function colourOf({ colour, thumbHash, renditions }: SetEntry): string {
  if (thumbHash !== undefined) {
    const bytes = Buffer.from(thumbHash, 'base64');
    if (bytes.length < 5) return '';
    const { r, g, b, a } = thumbHashToAverageRGBA(bytes);
    const hex = [r, g, b].map((part) => Math.round(Math.min(1, Math.max(0, part)) * 255));
    return a < 1 ? '' : `;--c:rgb(${hex.join(' ')})`;
  }
  const opaque = renditions.every(({ type }) => type === 'image/jpeg');
  return opaque && colour !== undefined && /^#[\da-f]{3,8}$/i.test(colour) ? `;--c:${colour}` : '';
}

function hashOf({ thumbHash }: SetEntry): string {
  return thumbHash !== undefined && /^[\w+/=-]{6,64}$/.test(thumbHash) ? ` data-hash="${thumbHash}"` : '';
}
