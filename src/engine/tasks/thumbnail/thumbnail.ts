import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { ItemError } from '../../../shared/failure.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import type { Produced } from '../../../shared/result.ts';
import type { WrittenFormat } from '../../plan/output-name.ts';
import { stampOf } from '../../plan/stamp.ts';
import { writeWhole } from '../part-file.ts';
import { systemItemError } from '../system-error.ts';
import { type Rendered, sharpThumbnail } from './sharp-thumbnail.ts';
import { whyItFailed } from './why-it-failed.ts';

export interface ThumbnailPayload {
  /** The image's path. */
  readonly input: string;
  /** Where the thumbnail goes; its folder is there. */
  readonly output: string;
  readonly format: WrittenFormat;
  readonly recipe: ThumbnailRecipe;
}

export interface MadeThumbnail extends Produced {
  /** What the input was like when it was read, for the ledger. */
  readonly inputStamp: string;
}

/** Up to this size a file is read whole, which is quicker; a larger one is left to sharp to read piece by piece. */
const readWholeUpTo = 32 * 1024 * 1024;

/** The task `thumbnail`: one image to one thumbnail, written whole. */
export async function thumbnailTask(payload: unknown): Promise<MadeThumbnail> {
  const { input, output, format, recipe } = payload as ThumbnailPayload;
  const { bytes, stamp, source } = readInput(input);
  const { data, width, height } = await renderThumbnail(source, input, recipe, format);
  writeWhole(output, data);
  return {
    output,
    bytesIn: bytes,
    bytesOut: data.byteLength,
    width,
    height,
    via: 'sharp',
    inputStamp: stamp,
  };
}

/**
 * Makes a thumbnail of an image file or of its bytes.
 * @param name the image as the person knows it, for messages.
 */
export async function renderThumbnail(
  source: string | Uint8Array,
  name: string,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): Promise<Rendered> {
  if (source.length === 0) throw new ItemError('EMPTY_FILE', `${name} is empty.`);
  try {
    return await sharpThumbnail(source, recipe, format);
  } catch (error) {
    throw await whyItFailed(error, source, name, recipe);
  }
}

interface Input {
  readonly bytes: number;
  readonly stamp: string;
  readonly source: string | Buffer;
}

function readInput(path: string): Input {
  let file: number | undefined;
  try {
    // Opening a named pipe would wait for its writer, and with it the whole worker, were it not for O_NONBLOCK.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stat = fstatSync(file);
    if (!stat.isFile()) throw new ItemError('NOT_A_FILE', `${path} is not a file.`);
    const source = stat.size > readWholeUpTo ? path : readFileSync(file);
    return { bytes: stat.size, stamp: stampOf(stat), source };
  } catch (error) {
    throw error instanceof ItemError ? error : systemItemError(error, path, 'read');
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
