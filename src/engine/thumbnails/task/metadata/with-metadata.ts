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
import type { KeepChoice, WrittenFormat } from '../../../../shared/settings/choices.ts';
import type { Rendering, Rendition, Source } from '../image/rendering.ts';
import type { Described } from './described.ts';
import { type PlannedColours, plannedColours } from './planned-colours.ts';
import { readMetadata } from './read-metadata.ts';

type Made = Rendering | undefined;
type Render<Result extends Made> = (planned: ThumbnailRecipe) => Result | Promise<Result>;

/** Makes thumbnails of a picture with what they keep of what its file says. */
export async function withMetadataOf<Result extends Made>(
  source: Source,
  name: string,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
  render: Render<Result>,
): Promise<Result> {
  const nothing: Described = { colours: 'other' };
  const described = await readMetadata(source, name).catch(() => nothing);
  // What a format's reader reads says itself what is beside the pixels, once it is open.
  if (!described) return render(recipe);
  const withGainMap = described.gainMap && format === 'jpeg' && recipe.keep.startsWith('all');
  return withMetadata(described, recipe, format, (planned) =>
    render(withGainMap ? { ...planned, keep: recipe.keep } : planned),
  );
}

/** The same where that is known. */
export async function withMetadata<Result extends Made>(
  described: Described,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
  render: Render<Result>,
): Promise<Result> {
  const colours = plannedColours(described, recipe.colour, format);
  const rendering = render({ ...recipe, colour: colours.pixels, keep: 'none' });
  const finish = (made: Result): Result =>
    made && {
      ...made,
      renditions: made.renditions.map((each) => written(each, described, recipe.keep, colours, format)),
    };
  // A codec's memory holds what it has made at once, until it is given the next picture.
  return rendering instanceof Promise ? rendering.then(finish) : finish(rendering);
}

function written(
  rendition: Rendition,
  described: Described,
  keep: KeepChoice,
  colours: PlannedColours,
  format: WrittenFormat,
): Rendition {
  const kept = keptOf(rendition, described, keep, colours);
  const profile = profileFor(rendition.data, format, kept.profile);
  const data = writers[format](rendition.data, { ...kept, profile });
  return { ...rendition, data: data === rendition.data ? Uint8Array.from(data) : data };
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
