import type { Size } from '../../../../codecs/common/geometry.ts';
import type { Raster } from '../../../../codecs/common/raster.ts';
import { ItemError } from '../../../../shared/failure.ts';
import type { Picture, Pixels, ReaderSettings } from '../picture-reader.ts';
import { type CodedColours, profileOfCodes } from './heic-colours.ts';
import { assertReadable } from './heic-failures.ts';
import type { HeicFile } from './heic-file.ts';
import { metadataOf } from './heic-metadata.ts';
import { type Decodable, decodePixels } from './heic-pixels.ts';
import { describe, type HeicStill, isCropped, typeOfItem } from './heic-still.ts';
import { suitableThumbnail } from './heic-thumbnails.ts';
import { LibheifError } from './libheif.ts';

/** What `Picture` tells and does, for a caller that closes the file. */
type Content = Omit<Picture, 'close'>;

/**
 * A decoded picture may have more pixels than allowed by what its blocks are rounded up to. What is allowed is checked
 * by what the boxes say; this is for streams that say something else.
 */
const allowanceForBlocks = 4 * 1024 * 1024;

/** The picture of a file: the primary one, or of a file that has moving pictures only, the first of those. */
export function contentOf(heic: HeicFile, settings: ReaderSettings): Content {
  const primary = primaryOf(heic);
  return primary instanceof LibheifError
    ? movingPicture(heic, settings, primary)
    : stillPicture(heic, primary, settings);
}

function primaryOf({ libheif, context }: HeicFile): number | LibheifError {
  try {
    return libheif.obtain((error, to) =>
      libheif.functions._heif_context_get_primary_image_ID(error, context, to),
    );
  } catch (error) {
    if (error instanceof LibheifError) return error;
    throw error;
  }
}

function stillPicture(heic: HeicFile, id: number, { name, maxPixels }: ReaderSettings): Content {
  const { libheif, context } = heic;
  const { functions } = libheif;
  assertReadable(typeOfItem(heic, id), name);
  const handle = heic.handle((error, to) => functions._heif_context_get_image_handle(error, context, id, to));
  const picture = describe(heic, handle);
  const profile = picture.icc ?? (picture.coded && profileOfCodes(picture.coded));
  const decoded = (still: HeicStill, suffices: Suffices): Pixels => {
    const decode: Decodable['decode'] = (colours, chroma) =>
      libheif.obtain((error, to) =>
        functions._heif_decode_image(error, still.handle, to, colours, chroma, heic.options),
      );
    const isEmbedded = still !== picture;
    const { raster } = decodePixels(libheif, still.size, {
      ...still,
      decode,
      suffices,
    });
    return { kind: 'raster', raster: suited(raster, profile), isEmbedded };
  };
  return {
    size: picture.size,
    orientation: 1,
    profile,
    ...metadataOf(libheif, handle),
    pixels: (suffices) => {
      heic.limitPixels(maxPixels + allowanceForBlocks);
      const thumbnail = suitableThumbnail(heic, picture, suffices);
      const made = thumbnail && attempted(() => decoded(thumbnail, suffices));
      try {
        return made ?? decoded(picture, suffices);
      } catch (error) {
        throw isRefusedForCrop(error, heic, id) ? croppedTooFar(name, error) : error;
      }
    },
  };
}

/** Pixels of the kind that the profile is for. */
function suited(raster: Raster, profile: Uint8Array | undefined): Raster {
  const isForGrey =
    profile !== undefined && Buffer.from(profile.subarray(16, 20)).toString('latin1') === 'GRAY';
  if (raster.channels === 1 && profile && !isForGrey) return inChannels(raster, 3);
  return raster.channels === 3 && isForGrey ? inChannels(raster, 1) : raster;
}

/** Grey as three equal channels, or one of the three. */
function inChannels({ pixels, channels, ...size }: Raster, wanted: 1 | 3): Raster {
  const made = new Uint8Array(size.width * size.height * wanted);
  for (let at = 0; at < made.length; at++) made[at] = pixels[Math.floor(at / wanted) * channels] ?? 0;
  return { pixels: made, channels: wanted, ...size };
}

type Suffices = (size: Size) => boolean;

/** `heif_suberror_code`: more than is granted. */
const securityLimit = 1000;

/** libheif takes what is left of a picture for its size, and refuses a stream that has far more pixels. */
function isRefusedForCrop(error: unknown, heic: HeicFile, id: number): boolean {
  return error instanceof LibheifError && error.detail === securityLimit && isCropped(heic, id);
}

function croppedTooFar(name: string, cause: unknown): ItemError {
  const message = `${name} is a HEIC image of which a part is cut off, which Shoal cannot read.`;
  return new ItemError('UNSUPPORTED_IMAGE', message, { cause });
}

/** A damaged thumbnail says nothing about the picture. */
function attempted<Value>(work: () => Value): Value | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof LibheifError) return undefined;
    throw error;
  }
}

/** The first picture of a sequence, which tells its colours only in its stream. */
function movingPicture(
  heic: HeicFile,
  { name, maxPixels }: ReaderSettings,
  withoutStill: LibheifError,
): Content {
  const { libheif } = heic;
  const { functions, out } = libheif;
  const track = heic.track();
  if (track === undefined) throw withoutStill;
  libheif.attempt((error) => functions._heif_track_get_image_resolution(error, track, out, out + 4));
  // Numbers of sixteen bits.
  const size = { width: libheif.number(out) & 0xffff, height: libheif.number(out + 4) & 0xffff };
  if (size.width === 0 || size.height === 0) {
    throw new ItemError('CORRUPT_IMAGE', `${name} is damaged: its first picture has no size.`);
  }
  let colours: CodedColours | undefined;
  const decode: Decodable['decode'] = (colours, chroma) =>
    libheif.obtain((error, to) =>
      functions._heif_track_decode_next_image(error, track, to, colours, chroma, heic.options),
    );
  return {
    size,
    orientation: 1,
    get profile() {
      return colours && profileOfCodes(colours);
    },
    pixels: (suffices) => {
      heic.limitPixels(maxPixels + allowanceForBlocks);
      // Where pictures are predicted from later ones, libde265 writes beyond its memory while it looks
      // ahead. What is there of the first picture is right, but nothing that libheif does afterwards can be relied on.
      const made = decodePixels(libheif, size, { decode, alpha: undefined, suffices });
      heic.abandon();
      colours = made.colours;
      return { kind: 'raster', raster: made.raster };
    },
  };
}
