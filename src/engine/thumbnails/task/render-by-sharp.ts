import { ItemError } from '../../../shared/failure.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import type { WrittenFormats } from '../../../shared/settings/choices.ts';
import { formatOf } from '../formats/known-format.ts';
import { jpeg } from './held-jpeg.ts';
import { openImage } from './image/image-file.ts';
import type { Rendering, Source } from './image/rendering.ts';
import { watch } from './image/watch.ts';
import type { JpegJudgement } from './jpeg-thumbnailer.ts';
import type { Damage } from './sharp-thumbnail.ts';

/**
 * sharp, loaded by the first image that needs it: a thread that handles only JPEG and PNG never pays for it, which
 * would be 40 MB, or 100 MB with WebAssembly.
 */
const sharpParts = () => import('./sharp-parts.ts');

/**
 * Decodes with sharp. Whether a JPEG is damaged is for the JPEG codec to say, whatever the format of its thumbnail, so
 * that it always ends alike. libjpeg, by whose warnings sharp judges, warns of bytes that no pixel needs, and not of all
 * pixels that are wrong.
 * @throws ItemError with the cause.
 */
export async function renderBySharp(
  source: Source,
  name: string,
  recipe: ThumbnailRecipe,
  formats: WrittenFormats,
): Promise<Rendering> {
  if (source.length === 0) throw new ItemError('EMPTY_FILE', `${name} is empty.`);
  const input = formatOf(source, name);
  const judged: Judged =
    input?.name === 'JPEG' ? judgeJpeg(source, name, recipe) : { source, damage: 'refused' };
  const { sharpThumbnails, failureOfDecoding } = await sharpParts();
  const render = async (damage: Damage, warning: string | undefined): Promise<Rendering> => {
    const renditions = await sharpThumbnails(judged.source, recipe, formats, damage);
    // libvips decodes, resizes and encodes strip by strip: only the sum can be seen.
    watch.lap('decode');
    return { renditions, via: 'sharp', ...(warning !== undefined && { warning }) };
  };
  try {
    return await render(judged.damage, judged.warning);
  } catch (error) {
    // Not the decoder's: the image is not to blame.
    if (error instanceof ItemError) throw error;
    const failure = await failureOfDecoding(error, source, input, name, recipe);
    const isTolerable = recipe.tolerant && judged.damage === 'refused' && isDamage(failure);
    if (!isTolerable) throw failure;
    return await render('tolerated', failure.message).catch(() => Promise.reject(failure));
  }
}

/** How sharp is to decode an image. */
interface Judged {
  readonly source: Source;
  readonly damage: Damage;
  readonly warning?: string;
}

/** @throws ItemError for a JPEG that is damaged, unless that is tolerated. */
function judgeJpeg(source: Source, name: string, recipe: ThumbnailRecipe): Judged {
  const isHeld =
    typeof source === 'string'
      ? openImage(source, (file) => file.read((descriptor) => jpeg.holdFile(descriptor, file.size)))
      : jpeg.holdBytes(source);
  const judgement: JpegJudgement = isHeld ? jpeg.judge(name, recipe) : { kind: 'unknown' };
  switch (judgement.kind) {
    case 'unknown':
      return { source, damage: 'refused' };
    case 'whole':
      return { source, damage: 'tolerated' };
    case 'damaged':
      if (!recipe.tolerant) throw new ItemError(judgement.code, judgement.message);
  }
  const { warning } = judgement;
  return { source: jpeg.copyWithoutJunk() ?? source, damage: 'tolerated', warning };
}

function isDamage({ code }: ItemError): boolean {
  return code === 'TRUNCATED_IMAGE' || code === 'CORRUPT_IMAGE';
}
