import { extname } from 'node:path';
import { formatOfExtension } from '../../shared/image-formats.ts';
import { fitted } from '../../shared/naming/name-length.ts';
import {
  formatsOf,
  type OutputFormat,
  type WrittenFormat,
  type WrittenFormats,
} from '../../shared/settings/choices.ts';
import { hashOfText } from '../files/hash-of-text.ts';
import { foldedName, NameClaims } from './name-claims.ts';

const extensions: Readonly<Record<WrittenFormat, string>> = {
  jpeg: 'jpg',
  png: 'png',
  webp: 'webp',
  avif: 'avif',
  gif: 'gif',
  tiff: 'tiff',
};

export type KindOfName = 'read' | 'unread' | 'untold' | 'other';

/**
 * What the name of a file tells, by its extension, in any case: an image that is read, one in a format that is not, nothing
 * (it has no extension), or something else.
 */
export function kindOfName(name: string): KindOfName {
  const extension = extensionOf(name);
  if (extension === '') return 'untold';
  const format = formatOfExtension(extension);
  if (format === undefined) return 'other';
  return format.kept === undefined ? 'unread' : 'read';
}

/**
 * The format that an image of this name is written in.
 * @param content the format that its bytes tell, where its name does not.
 */
export function writtenFormat(
  name: string,
  format: OutputFormat | WrittenFormat,
  content?: WrittenFormat,
): WrittenFormat {
  return format === 'same' ? (content ?? keptFormat(name) ?? 'jpeg') : format;
}

const alone = Object.fromEntries(
  Object.keys(extensions).map((format) => [format, [format]]),
) as unknown as Readonly<Record<WrittenFormat, readonly [WrittenFormat]>>;

/** The formats that an image of this name is written in, each once: what `same` is may be wanted by its own name, too. */
export function writtenFormats(name: string, recipe: Formats, content?: WrittenFormat): WrittenFormats {
  const first = writtenFormat(name, recipe.format, content);
  if (recipe.furtherFormats.length === 0) return alone[first];
  const [, ...further] = formatsOf(recipe).map((format) => writtenFormat(name, format, content));
  return [first, ...new Set(further.filter((format) => format !== first))];
}

type Formats = Parameters<typeof formatsOf>[0];

/**
 * Names the outputs of the images in one folder, one for each format of an image, in the order of the formats. They differ
 * by their extensions alone, but for one that keeps the image's own name: where one of the other names is taken, none of
 * that kind is used.
 * @param contents the formats of the images whose names do not tell them.
 */
export function nameOutputsInFormats(
  names: readonly string[],
  recipe: Formats,
  contents?: ReadonlyMap<string, WrittenFormat>,
): Map<string, readonly string[]> {
  const outputs = new Map<string, readonly string[]>();
  const claims = new NameClaims();
  const isKept = new Map(
    names.map((name) => [name, formatsOf(recipe).some((each) => keepsName(name, each))]),
  );
  for (const name of names) if (isKept.get(name)) claims.claim([[name]], (own) => own.map(foldedName));
  // Those that keep a name of their own come first, as where there is one format.
  const inOrder = names.toSorted().toSorted((a, b) => Number(isKept.get(b)) - Number(isKept.get(a)));
  for (const name of inOrder) {
    const wanted = writtenFormats(name, recipe, contents?.get(name)).map((format) =>
      keepsName(name, format) ? undefined : extensions[format],
    );
    const renamed = (all: readonly string[]) => all.filter((each) => each !== name).map(foldedName);
    outputs.set(name, claims.claim(candidatesInFormats(name, wanted), renamed));
  }
  return outputs;
}

/** @param wanted the extension of each output; absent where the image's name tells its format already. */
function* candidatesInFormats(
  name: string,
  wanted: readonly (string | undefined)[],
): Generator<readonly string[], void> {
  const byExtension = wanted.map((each) => (each === undefined ? [name] : [...candidatesFor(name, each)]));
  const kinds = Math.max(...byExtension.map((all) => all.length));
  for (let kind = 0; kind < kinds; kind++) yield byExtension.map((all) => all[kind] ?? name);
}

/**
 * Names the outputs of the images in one folder. A name is kept if its extension already tells the format written;
 * otherwise its extension is replaced. If two inputs would get the same name, the one that keeps its own has it; the
 * others keep their old extension inside the new name (`a.png.jpg`) or, if that is taken too, get a hash of it. The
 * outcome depends only on the set of names, never on their order.
 * @param contents the formats of the images whose names do not tell them.
 */
export function nameOutputs(
  names: readonly string[],
  format: OutputFormat,
  contents?: ReadonlyMap<string, WrittenFormat>,
): Map<string, string> {
  const outputs = new Map<string, string>();
  const claims = new NameClaims();
  const claim = (name: string, candidates: Iterable<string>): void => {
    outputs.set(
      name,
      claims.claim(candidates, (candidate) => [foldedName(candidate)]),
    );
  };
  const renamed: string[] = [];
  for (const name of names) {
    if (keepsName(name, format)) claim(name, [name]);
    else renamed.push(name);
  }
  for (const name of renamed.sort()) {
    claim(name, candidatesFor(name, extensions[writtenFormat(name, format, contents?.get(name))]));
  }
  return outputs;
}

function* candidatesFor(name: string, extension: string): Generator<string, void> {
  const stem = name.slice(0, name.length - extname(name).length);
  yield fitted(stem, `.${extension}`);
  yield fitted(name, `.${extension}`);
  const hash = hashOfText(name).slice(0, 12);
  yield fitted(stem, `-${hash}.${extension}`);
  // Three names are taken by other inputs of the folder: the hash of the whole name is the last resort.
  yield `${hash}${hashOfText(hash)}.${extension}`;
}

/** Whether an image's name already tells the format that its thumbnail is written in. */
export function keepsName(name: string, format: OutputFormat | WrittenFormat): boolean {
  const extension = extensionOf(name);
  const own = formatOfExtension(extension);
  return own?.kept === writtenFormat(name, format) && !own.renamed?.includes(extension);
}

function keptFormat(name: string): WrittenFormat | undefined {
  return formatOfExtension(extensionOf(name))?.kept;
}

/** In lower case, without the dot; '' if there is none. */
export function extensionOf(name: string): string {
  return extname(name).slice(1).toLowerCase();
}
