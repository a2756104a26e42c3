import { type Box, distinctBoxes } from '../settings/boxes.ts';
import { composeName } from './compose-name.ts';
import { type NameTemplate, parseTemplate, type TemplateFault, type Token } from './parse-template.ts';
import { placeholders } from './placeholders.ts';

/** The default templates: with one size the name is kept; with several, names contain the size. */
const keptName = '{name}.{ext}';
const sizedName = '{name}-{width}x{height}.{ext}';

export function faultOfTemplate(template: string): TemplateFault | undefined {
  const parsed = parseTemplate(template);
  return 'fault' in parsed ? parsed.fault : undefined;
}

/** Describes what a valid template would be, or returns undefined if the template is valid. */
export function nameTemplateFault(template: string): string | undefined {
  const fault = faultOfTemplate(template);
  switch (fault?.kind) {
    case 'path':
      return 'Expected the name of a file, or names of folders and a file with / between them, none of them empty or dots alone,';
    case 'brace':
      return 'Expected both braces of each placeholder, such as {name} (a brace itself is written twice),';
    case 'name':
      return 'Expected {name}, {counter} or {second} in the name, to tell the pictures apart,';
    case 'long':
      return 'Expected less text around what is filled in,';
    case 'argument':
      return fault.part.startsWith('{counter')
        ? `Expected up to twelve digits, such as {counter:4}, instead of ${fault.part}`
        : `Expected a pattern behind the colon of {date} alone, such as {date:YYYY-MM-DD}, instead of ${fault.part}`;
    case 'unknown':
      return fault.nearest === undefined
        ? `Expected one of ${placeholders.map((each) => `{${each}}`).join(' ')} instead of ${fault.part}`
        : `Expected ${fault.nearest} instead of ${fault.part}`;
    default:
      return undefined;
  }
}

/** The template of a recipe, which is valid; or else the default one. */
export function templateOf(nameTemplate: string | undefined, boxes: readonly Box[]): NameTemplate {
  const parsed = parseTemplate(nameTemplate ?? (boxes.length > 1 ? sizedName : keptName));
  if ('fault' in parsed) throw new TypeError(`Expected a valid template, got ${nameTemplate}.`);
  return parsed.template;
}

/** What a template asks for beyond the name of a picture's own path. */
export interface Asked {
  /** What only the files of the pictures tell. */
  readonly facts: boolean;
  /** Whether its names begin in the output folder itself, and not in what mirrors the picture's folder. */
  readonly folders: boolean;
  /** Whether names begin with the picture's folder, so that two folders never share one. */
  readonly ownFolder: boolean;
  /** Whether a picture's folder is told in another place as well. */
  readonly place: boolean;
  readonly parent: boolean;
  readonly counter: boolean;
}

export function askedBy({ parts }: NameTemplate): Asked {
  const tokens = parts.flat();
  const isFolder = (token: Token | undefined) => token?.kind === 'path' && token.of === 'folder';
  const ownFolder = parts.length > 1 && parts[0]?.length === 1 && isFolder(parts[0][0]);
  return {
    facts: tokens.some(({ kind }) => kind === 'date' || kind === 'camera'),
    folders: parts.length > 1,
    ownFolder,
    place: tokens.filter(isFolder).length > (ownFolder ? 1 : 0),
    parent: tokens.some((token) => token.kind === 'path' && token.of === 'parent'),
    counter: tokens.some(({ kind }) => kind === 'counter'),
  };
}

/** Whether a template asks only for what is known of a file that was fetched: its name, and its outputs. */
export function isOfFetched(template: string): boolean {
  const parsed = parseTemplate(template);
  if ('fault' in parsed) return true;
  const { facts, folders, place, parent, counter } = askedBy(parsed.template);
  return !(facts || folders || place || parent || counter);
}

/** Whether different sizes get different names. Giving the same size twice is another matter. */
export function tellsSizesApart(nameTemplate: string | undefined, boxes: readonly Box[]): boolean {
  if (nameTemplate !== undefined && faultOfTemplate(nameTemplate)) return true;
  const template = templateOf(nameTemplate, boxes);
  const picture = { name: 'a', parent: 'a', folder: 'a', counter: 1 };
  const names = boxes.map((box) =>
    composeName(template, picture, { ...box, ext: 'jpg', format: 'jpeg' }, false),
  );
  return new Set(names).size === distinctBoxes(boxes);
}
