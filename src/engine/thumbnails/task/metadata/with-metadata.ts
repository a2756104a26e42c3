import { compactProfiles } from '../../../../codecs/common/compact-profile.ts';
import { bytesInMemory } from '../../../../codecs/headers/file-bytes.ts';
import { readTiffHeader } from '../../../../codecs/headers/tiff-header.ts';
import { readJpegHeader } from '../../../../codecs/jpeg/jpeg-header.ts';
import { avifWith } from '../../../../codecs/metadata/avif-metadata.ts';
import { changedExif } from '../../../../codecs/metadata/exif-block.ts';
import { jpegWith } from '../../../../codecs/metadata/jpeg-metadata.ts';
import { type Metadata, mostMetadataBytes, type Text } from '../../../../codecs/metadata/metadata.ts';
import { pngWith } from '../../../../codecs/metadata/png-metadata.ts';
import { tiffMetadata, tiffWith } from '../../../../codecs/metadata/tiff-metadata.ts';
import { webpWith } from '../../../../codecs/metadata/webp-metadata.ts';
import { changedXmp } from '../../../../codecs/metadata/xmp-packet.ts';
import type { ThumbnailRecipe } from '../../../../shared/recipe.ts';
import type { KeepChoice, WrittenFormat, WrittenFormats } from '../../../../shared/settings/choices.ts';
import { inOrderOf, type Rendering, type Rendition, type Source } from '../image/rendering.ts';
import type { Described } from './described.ts';
import { type PlannedColours, plannedColours } from './planned-colours.ts';
import { readMetadata } from './read-metadata.ts';

type Made = Rendering | undefined;
type Render<Result extends Made> = (
  planned: ThumbnailRecipe,
  formats: WrittenFormats,
) => Result | Promise<Result>;

/** Makes thumbnails of a picture with what they keep of what its file says. */
export async function withMetadataOf<Result extends Made>(
  source: Source,
  name: string,
  recipe: ThumbnailRecipe,
  formats: WrittenFormats,
  render: Render<Result>,
): Promise<Result> {
  const nothing: Described = { colours: 'other' };
  const described = await readMetadata(source, name).catch(() => nothing);
  // What a format's reader reads says itself what is beside the pixels, once it is open.
  if (!described) return render(recipe, formats);
  return withMetadata(described, recipe, formats, render, described.gainMap && recipe.keep.startsWith('all'));
}

/**
 * The same where that is known.
 * @param withGainMap whether there is a map that JPEG keeps.
 */
export async function withMetadata<Result extends Made>(
  described: Described,
  recipe: ThumbnailRecipe,
  formats: WrittenFormats,
  render: Render<Result>,
  withGainMap = false,
): Promise<Result> {
  const planFor = (format: WrittenFormat): ThumbnailRecipe => ({
    ...recipe,
    colour: plannedColours(described, recipe.colour, format).pixels,
    keep: withGainMap && format === 'jpeg' ? recipe.keep : 'none',
  });
  const finish = (made: Result): Result =>
    made && { ...made, renditions: made.renditions.map((each) => written(each, described, recipe)) };
  const [first, ...further] = formats.map((format) => ({ format, planned: planFor(format) }));
  if (!first) throw new Error('Expected a format.');
  const alike = further.filter(({ planned }) => isAlike(planned, first.planned)).map(({ format }) => format);
  const rendering = render(first.planned, [first.format, ...alike]);
  // A codec's memory holds what it has made at once, until it is given the next picture.
  const made = rendering instanceof Promise ? finish(await rendering) : finish(rendering);
  const [other, ...others] = formats.slice(1).filter((format) => !alike.includes(format));
  if (!made || other === undefined) return made;
  // GIF has no place for a profile, and a gain map is scaled by sharp alone: the image is decoded once more.
  const rest = await withMetadata(described, recipe, [other, ...others], render, withGainMap);
  return rest && { ...made, renditions: inOrderOf(formats, [...made.renditions, ...rest.renditions]) };
}

function isAlike(one: ThumbnailRecipe, other: ThumbnailRecipe): boolean {
  return one.colour === other.colour && one.keep === other.keep;
}

function written(rendition: Rendition, described: Described, { colour, keep }: ThumbnailRecipe): Rendition {
  const { format, atQuality } = rendition;
  const kept = keptOf(rendition, described, keep, plannedColours(described, colour, format));
  const profile = profileFor(rendition.data, format, kept.profile);
  const write = (data: Uint8Array): Uint8Array => writers[format](data, { ...kept, profile });
  const data = write(rendition.data);
  return {
    ...rendition,
    data: data === rendition.data ? Uint8Array.from(data) : data,
    ...(atQuality && { atQuality: async (quality: number) => write(await atQuality(quality)) }),
  };
}

const writers: Readonly<Record<WrittenFormat, (data: Uint8Array, metadata: Metadata) => Uint8Array>> = {
  jpeg: jpegWith,
  png: pngWith,
  webp: (data, metadata) => (isEmpty(metadata) ? data : webpWith(data, metadata)),
  avif: (data, metadata) => (isEmpty(metadata) ? data : avifWith(data, metadata)),
  tiff: (data, metadata) => (isEmpty(metadata) && !metadata.iptc ? data : tiffWith(data, metadata)),
  // It has comments alone, and other programs' blocks that few programs read.
  gif: (data) => data,
};

function isEmpty({ exif, xmp, profile }: Metadata): boolean {
  return !exif && !xmp && !profile;
}

function keptOf(
  { width, height }: Rendition,
  { exif, xmp, iptc, texts = [] }: Described,
  keep: KeepChoice,
  { profile, srgb }: PlannedColours,
): Metadata {
  const gps = !keep.endsWith('no-gps');
  const all = keep.startsWith('all');
  const change = { width, height, srgb, gps };
  const withExif = all || keep.startsWith('exif');
  const block = withExif && exif ? smallExif(exif) : undefined;
  return {
    profile: profile ?? (all || keep === 'icc' ? compactProfiles.srgb : undefined),
    exif: block && changedExif(block, change),
    ...(all && {
      xmp: xmp && xmp.length <= mostMetadataBytes ? changedXmp(xmp, change) : undefined,
      iptc: iptc && iptc.length <= mostMetadataBytes ? iptc : undefined,
      texts: notTooLong(
        gps ? texts : texts.filter(({ keyword }) => !/gps|latitude|longitude|location/i.test(keyword)),
      ),
    }),
  };
}

/** Without those for which there is no room beside those before them. */
function notTooLong(texts: readonly Text[]): readonly Text[] {
  let left = mostMetadataBytes;
  return texts.filter(({ text }) => {
    if (text.length > left) return false;
    left -= text.length;
    return true;
  });
}

/** What one segment of a JPEG holds of it. */
const usualExifBytes = 65_527;

/** A larger block, such as a whole raw photo, is written anew with its fields alone. */
function smallExif(exif: Uint8Array): Uint8Array | undefined {
  return exif.length <= usualExifBytes ? exif : tiffMetadata(bytesInMemory(exif)).exif;
}

/** A profile of red, green and blue is none for greys. */
function profileFor(
  data: Uint8Array,
  format: WrittenFormat,
  profile: Uint8Array | undefined,
): Uint8Array | undefined {
  if (!profile || !isGrey(data, format)) return profile;
  return profile === compactProfiles.srgb ? compactProfiles.grey : undefined;
}

/** Whether an encoder of ours has written greys. */
function isGrey(data: Uint8Array, format: WrittenFormat): boolean {
  switch (format) {
    case 'jpeg':
      return readJpegHeader(data)?.frame?.components.length === 1;
    case 'png':
      // The colour type, without its bit for alpha.
      return ((data[25] ?? 0) & 3) === 0;
    case 'tiff':
      return (readTiffHeader(bytesInMemory(data))?.photometric ?? 2) < 2;
    default:
      return false;
  }
}
