import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { failureOf, ItemError } from '../../../shared/failure.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import type { Produced } from '../../../shared/result.ts';
import type { WrittenFormat } from '../../plan/output-name.ts';
import type { PlannedThumbnail } from '../../plan/plan-thumbnails.ts';
import { stampOf } from '../../plan/stamp.ts';
import { writeWhole } from '../part-file.ts';
import type { Outcome } from '../protocol.ts';
import { systemItemError } from '../system-error.ts';
import { type Rendered, sharpThumbnail } from './sharp-thumbnail.ts';
import { whyItFailed } from './why-it-failed.ts';

/** A batch of images that share a recipe. */
export interface ThumbnailPayload {
  readonly recipe: ThumbnailRecipe;
  readonly images: readonly PlannedThumbnail[];
}

export interface MadeThumbnail extends Produced {
  /** What the input was like when it was read, for the ledger. */
  readonly inputStamp: string;
}

/** Up to this size a file is read whole, which is quicker; a larger one is left to sharp to read piece by piece. */
const readWholeUpTo = 32 * 1024 * 1024;

/** The task `thumbnail`: images to thumbnails, each written whole, one after the other and each with its own outcome. */
export async function thumbnailTask(payload: unknown): Promise<Outcome<MadeThumbnail>[]> {
  const { recipe, images } = payload as ThumbnailPayload;
  const outcomes: Outcome<MadeThumbnail>[] = [];
  for (const image of images) {
    const started = performance.now();
    try {
      const value = await makeThumbnail(image, recipe);
      outcomes.push({ status: 'done', value, ms: performance.now() - started });
    } catch (error) {
      outcomes.push({
        status: 'failed',
        error: failureOf(error, 'CORRUPT_IMAGE'),
        ms: performance.now() - started,
      });
    }
  }
  return outcomes;
}

/** One image to one thumbnail.
 * @throws ItemError with the code and the sentence of what is wrong with it. */
export async function makeThumbnail(
  { input, output, format }: PlannedThumbnail,
  recipe: ThumbnailRecipe,
): Promise<MadeThumbnail> {
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
