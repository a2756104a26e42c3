import type { Size } from '../../../../codecs/common/geometry.ts';
import { areSameColours } from './heic-colours.ts';
import type { HeicFile } from './heic-file.ts';
import { describe, type HeicStill } from './heic-still.ts';
import { LibheifError } from './libheif.ts';

/** The smallest thumbnail that the file has of a picture which suffices and shows the same; `undefined` without one. */
export function suitableThumbnail(
  heic: HeicFile,
  picture: HeicStill,
  suffices: (size: Size) => boolean,
): HeicStill | undefined {
  const { libheif } = heic;
  const { functions } = libheif;
  const ids = libheif.list((to, most) =>
    functions._heif_image_handle_get_list_of_thumbnail_IDs(picture.handle, to, most),
  );
  const found = ids.map((id) => described(heic, picture, id));
  return found
    .filter((each) => each !== undefined)
    .filter((each) => suffices(each.size) && showsSame(heic, each, picture))
    .sort((a, b) => a.size.width - b.size.width)[0];
}

/** @returns `undefined` if it is damaged: that says nothing about the picture. */
function described(heic: HeicFile, { handle }: HeicStill, id: number): HeicStill | undefined {
  try {
    const { functions } = heic.libheif;
    const thumbnail = heic.handle((error, to) =>
      functions._heif_image_handle_get_thumbnail(error, handle, id, to),
    );
    return describe(heic, thumbnail);
  } catch (error) {
    if (error instanceof LibheifError) return undefined;
    throw error;
  }
}

/**
 * Whether it is the whole picture, turned alike, in the same colours. Cameras put 3:2 between black bars into 4:3, and
 * there are writers that turn the picture and forget its thumbnail.
 */
function showsSame(heic: HeicFile, thumbnail: HeicStill, picture: HeicStill): boolean {
  const scale = {
    x: thumbnail.size.width / picture.size.width,
    y: thumbnail.size.height / picture.size.height,
  };
  // One side has been rounded, by some to an even number.
  const isWhole =
    Math.abs(picture.size.height * scale.x - thumbnail.size.height) <= 2 ||
    Math.abs(picture.size.width * scale.y - thumbnail.size.width) <= 2;
  const isAlike =
    (thumbnail.alpha === undefined) === (picture.alpha === undefined) && thumbnail.isGrey === picture.isGrey;
  return (
    isWhole &&
    isAlike &&
    hasColoursOf(thumbnail, picture) &&
    turnsOf(heic, thumbnail) === turnsOf(heic, picture)
  );
}

/** One that says nothing of its colours has those of the picture. */
function hasColoursOf(thumbnail: HeicStill, picture: HeicStill): boolean {
  if (thumbnail.icc) return picture.icc !== undefined && Buffer.compare(thumbnail.icc, picture.icc) === 0;
  return !thumbnail.coded || picture.icc !== undefined || areSameColours(thumbnail.coded, picture.coded);
}

/** How an item is turned and mirrored, whatever is cut off it. */
function turnsOf({ libheif, context }: HeicFile, { id }: HeicStill): string {
  const { functions } = libheif;
  const properties = libheif.list((to, most) =>
    functions._heif_item_get_transformation_properties(context, id, to, most),
  );
  const turns = properties.map((property) => [
    functions._heif_item_get_property_transform_rotation_ccw(context, id, property),
    functions._heif_item_get_property_transform_mirror(context, id, property),
  ]);
  // -1: it is something else.
  return turns.filter((each) => each.some((value) => value >= 0)).join(' ');
}
