import { extname } from 'node:path';
import { composeName, type PictureValues } from '../../shared/naming/compose-name.ts';
import { type Asked, askedBy, templateOf } from '../../shared/naming/name-template.ts';
import type { NameTemplate } from '../../shared/naming/parse-template.ts';
import type { ThumbnailRecipe } from '../../shared/recipe.ts';
import { type Box, boxesOf } from '../../shared/settings/boxes.ts';
import type { WrittenFormat } from '../../shared/settings/choices.ts';
import { hashOfText } from '../files/hash-of-text.ts';

/** An image, as the template sees it. */
export interface NamedPicture extends Omit<PictureValues, 'name' | 'mark'> {
  /** Its names before the template, one for each format. */
  readonly bases: readonly string[];
  readonly formats: readonly WrittenFormat[];
}

/** Puts what is known of an image into a recipe's template. */
export class OutputNames {
  /** What the template asks for. */
  readonly asked: Asked;
  readonly #template: NameTemplate;
  readonly #boxes: readonly Box[];
  readonly #keepsNames: boolean;

  readonly #isOnWindows: boolean;

  constructor(
    recipe: Pick<ThumbnailRecipe, 'nameTemplate' | 'box' | 'furtherBoxes'>,
    platform: NodeJS.Platform = process.platform,
  ) {
    this.#isOnWindows = platform === 'win32';
    this.#boxes = boxesOf(recipe);
    this.#template = templateOf(recipe.nameTemplate, this.#boxes);
    this.#keepsNames = recipe.nameTemplate === undefined && this.#boxes.length === 1;
    this.asked = askedBy(this.#template);
  }

  /**
   * One name for each size in each format, with `/` as separator.
   * @param mark what tells the image from one whose names would be the same.
   */
  of(picture: NamedPicture, mark?: string): readonly string[] {
    const { bases, formats, parent, folder, counter, facts } = picture;
    if (this.#keepsNames && mark === undefined) return bases;
    const names: string[] = [];
    for (const [at, base] of bases.entries()) {
      const ext = extname(base);
      const name = base.slice(0, base.length - ext.length);
      const values = { name, mark, parent, folder, counter, facts };
      const format = formats[at] ?? '';
      for (const { width, height } of this.#boxes) {
        const output = { ext: ext.slice(1), width, height, format };
        names.push(composeName(this.#template, values, output, this.#isOnWindows));
      }
    }
    return names;
  }

  /** The image's names, followed by names with a hash of `subject`, in case another image has taken the first. */
  *candidatesFor(picture: NamedPicture, subject: string): Generator<readonly string[], void> {
    yield this.of(picture);
    for (let hash = hashOf(subject); ; hash = hashOf(hash)) yield this.of(picture, `-${hash}`);
  }
}

function hashOf(text: string): string {
  return hashOfText(text).slice(0, 12);
}
