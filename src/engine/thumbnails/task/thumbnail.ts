import { extname } from 'node:path';
import { colourCode } from '../../../shared/colour-code.ts';
import { formatOfExtension } from '../../../shared/image-formats.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import type { MadeThumbnail, Produced } from '../../../shared/result.ts';
import { alreadyThere } from '../../files/already-there.ts';
import { againWithRoomForFiles } from '../../files/room-for-files.ts';
import { holdsBytes } from '../../files/same-bytes.ts';
import { lstatOf } from '../../files/stat-of.ts';
import { writeWhole } from '../../files/write-whole.ts';
import type { PlannedThumbnail } from '../../names/plan-thumbnails.ts';
import type { Outcome, TaskContext } from '../../pool/threads/protocol.ts';
import { failureOfImage } from './failure-of-image.ts';
import { jpeg, renderPreview } from './held-jpeg.ts';
import { attemptRead, openImage } from './image/image-file.ts';
import type { Rendering } from './image/rendering.ts';
import { workUntil } from './image/task-signal.ts';
import { watch } from './image/watch.ts';
import { besidePixels } from './metadata/beside.ts';
import { renderFile } from './render.ts';

/** A batch of images with the same recipe. */
export interface ThumbnailPayload {
  readonly recipe: ThumbnailRecipe;
  readonly images: readonly PlannedThumbnail[];
  /** Whether files are flushed to the disk before they get their names. */
  readonly durable?: boolean;
  /** Whether what was made gets a placeholder. */
  readonly placeholders?: boolean;
}

/** The task `thumbnail`: makes the thumbnails of images one after the other; each image has its own outcome. */
export async function thumbnailTask(
  payload: unknown,
  { signal }: TaskContext,
): Promise<Outcome<MadeThumbnail>[]> {
  const { recipe, images, durable, placeholders = false } = payload as ThumbnailPayload;
  workUntil(signal);
  const outcomes: Outcome<MadeThumbnail>[] = [];
  for (const image of images) {
    const started = performance.now();
    try {
      const made = makeThumbnail(image, recipe, durable);
      // Awaiting a value that is no promise would cost a turn of the microtask queue for each small image.
      const value = made instanceof Promise ? await made : made;
      const whole = placeholders ? await withPlaceholder(value) : value;
      outcomes.push({ status: 'done', value: whole, ms: performance.now() - started });
    } catch (error) {
      const again = () => makeThumbnail(image, recipe, durable);
      outcomes.push(
        await againWithRoomForFiles(error, again, signal).then(
          (value) => ({ status: 'done', value, ms: performance.now() - started }),
          (failure) => failed(failure, image.input, signal, performance.now() - started),
        ),
      );
    }
  }
  return outcomes;
}

/** Of what somebody has removed meanwhile there is none. */
async function withPlaceholder(made: MadeThumbnail): Promise<MadeThumbnail> {
  const { placeholderOf } = await import('./placeholder/placeholder.ts');
  const { produced } = made;
  const renditions = (produced.outputs ?? [produced]).flatMap(({ output, width, height }) =>
    output === undefined ? [] : [{ path: output, width, height }],
  );
  const placeholder = await placeholderOf(renditions, jpeg);
  return placeholder ? { ...made, produced: { ...produced, ...placeholder } } : made;
}

function failed(error: unknown, input: string, signal: AbortSignal, ms: number): Outcome<MadeThumbnail> {
  if (signal.aborted) return { status: 'cancelled', ms };
  return { status: 'failed', error: failureOfImage(error, input).toFailure(), ms };
}

/**
 * Makes one image's thumbnails, synchronously if the kernel makes them.
 * @throws ItemError with the code and the sentence for what is wrong with the image.
 */
export function makeThumbnail(
  image: PlannedThumbnail,
  recipe: ThumbnailRecipe,
  durable = false,
): MadeThumbnail | Promise<MadeThumbnail> {
  const { input, formats } = image;
  watch.start();
  const { onlyIfSmaller } = recipe;
  const to: Outputs = { paths: image.outputs, foreign: image.foreign, durable, onlyIfSmaller };
  if (recipe.previews && formats.every((format) => format === 'jpeg') && isNamedJpeg(input))
    return makeFromPreview(image, recipe, to);
  return makeFromImage(image, recipe, to);
}

/** Cameras embed a small picture in the file: if it is large enough, the rest need not even be read. */
async function makeFromPreview(
  image: PlannedThumbnail,
  recipe: ThumbnailRecipe,
  to: Outputs,
): Promise<MadeThumbnail> {
  const { findPreview } = await import('./embedded-preview.ts');
  const preview = attemptRead(image.input, () => findPreview(image.input, recipe));
  watch.lap('read');
  const render = (planned: ThumbnailRecipe) => preview && renderPreview(preview, image.input, planned);
  const rendering = preview && (await besidePixels(image.input, image.input, recipe, ['jpeg'], render));
  if (!preview || !rendering) return makeFromImage(image, recipe, to);
  return madeOf(preview, await bounded(rendering, image.input, recipe), to);
}

function makeFromImage(
  image: PlannedThumbnail,
  recipe: ThumbnailRecipe,
  to: Outputs,
): MadeThumbnail | Promise<MadeThumbnail> {
  const { input, formats } = image;
  return openImage(input, (file) => {
    const rendering = bounded(renderFile(file, input, recipe, formats, isNamedJpeg(input)), input, recipe);
    if (!(rendering instanceof Promise)) return madeOf(file, rendering, to);
    return rendering.then((rendered) => madeOf(file, rendered, to));
  });
}

/** Lowers the quality where the recipe bounds the bytes of a thumbnail. @throws ItemError `TOO_MANY_BYTES` */
export function bounded(
  rendering: Rendering | Promise<Rendering>,
  name: string,
  recipe: ThumbnailRecipe,
): Rendering | Promise<Rendering> {
  if (recipe.maxOutputBytes === undefined) return rendering;
  return Promise.all([rendering, import('./image/within-bytes.ts')]).then(([made, { withinBytes }]) =>
    withinBytes(made, name, recipe),
  );
}

/** Writes the thumbnails of an image. @param image its size, and what identifies its version. */
export function madeOf(
  image: { readonly size: number; readonly stamp: string },
  rendering: Rendering,
  to: Outputs,
): MadeThumbnail {
  const below = to.onlyIfSmaller ? image.size : undefined;
  const { leftOut, ...written } = writeAll(rendering, to, below);
  watch.lap('write');
  return {
    produced: { bytesIn: image.size, ...written },
    ...(leftOut && { leftOut }),
    inputStamp: image.stamp,
    stages: watch.take(),
  };
}

/** By name alone, so that a file that is no JPEG need not be read into the codec's memory to find that out. */
function isNamedJpeg(path: string): boolean {
  return formatOfExtension(extname(path).slice(1).toLowerCase())?.name === 'JPEG';
}

/** The paths for renditions, in their order. */
export interface Outputs {
  readonly paths: readonly string[];
  /** Those that exist and must not be replaced. */
  readonly foreign?: readonly string[] | undefined;
  /** The paths to use instead if one of those has other bytes. */
  readonly otherwise?: readonly string[] | undefined;
  readonly durable: boolean;
  /** Leaves out what has no fewer bytes than the image's file. */
  readonly onlyIfSmaller?: boolean;
}

/**
 * Writes a rendition to each output, and reports the first one; if there are several, all of them.
 * @param below so many bytes, or more, are too many: such a rendition is left out.
 * @throws ItemError `OUTPUT_EXISTS`, before anything is written, if a file that is not ours has other bytes.
 */
export function writeAll(
  rendering: Rendering,
  to: Outputs,
  below = Number.POSITIVE_INFINITY,
): Produced & Pick<MadeThumbnail, 'leftOut'> {
  const { renditions, via, ...told } = rendering;
  const all = renditions.map((rendition, index) => {
    const output = to.paths[index];
    if (output === undefined) throw new Error('Expected an output for each size in each format.');
    return { ...rendition, output, isThere: to.foreign?.includes(output) ?? false };
  });
  const outputs = all.filter(({ data }) => data.byteLength < below);
  const leftOut = all.filter((each) => !outputs.includes(each)).map(({ output }) => output);
  // The ledger may have been lost: a file with exactly the bytes that we would write counts as ours.
  const other = outputs.find(({ output, data, isThere }) => isThere && !holdsBytes(output, data));
  if (other && to.otherwise) return writeAll(rendering, { paths: to.otherwise, durable: to.durable }, below);
  if (other) throw alreadyThere(other.output);
  const replaces = outputs.some(({ output, isThere }) => !isThere && lstatOf(output));
  const written = outputs.map(({ data, width, height, quality, output, isThere }) => {
    if (!isThere) writeWhole(output, data, to.durable);
    return {
      output,
      bytesOut: data.byteLength,
      width,
      height,
      ...(quality !== undefined && { quality }),
      ...(isThere && { adopted: true as const }),
    };
  });
  const [{ colour } = {}] = outputs;
  const bytesOut = written.reduce((sum, { bytesOut }) => sum + bytesOut, 0);
  return {
    ...written[0],
    ...(written.length > 0 && { bytesOut }),
    ...(colour !== undefined && { colour: colourCode(colour) }),
    via,
    ...(written.length > 1 && { outputs: written }),
    ...(replaces && { replaced: true as const }),
    ...(leftOut.length > 0 && { leftOut }),
    ...told,
  };
}
