import { type Box, distinctBoxes } from './settings/boxes.ts';

/** The default templates: with one size the name is kept; with several, names contain the size. */
const keptName = '{name}.{ext}';
const sizedName = '{name}-{width}x{height}.{ext}';

const placeholders = new Set(['{name}', '{ext}', '{width}', '{height}']);

/** Why a template cannot be used: it is a path, has not one `{name}`, or a placeholder that nothing is put in for. */
export type TemplateFault =
  | { readonly kind: 'path' | 'name' }
  | { readonly kind: 'unknown'; readonly part: string };

export function faultOfTemplate(template: string): TemplateFault | undefined {
  if (/[/\\\0]/.test(template)) return { kind: 'path' };
  if (template.split('{name}').length !== 2) return { kind: 'name' };
  const part = template.match(/\{[^{}]*\}/g)?.find((each) => !placeholders.has(each));
  return part === undefined ? undefined : { kind: 'unknown', part };
}

/** Describes what a valid template would be, or returns undefined if the template is valid. */
export function nameTemplateFault(template: string): string | undefined {
  const fault = faultOfTemplate(template);
  switch (fault?.kind) {
    case 'path':
      return 'Expected a file name, not a path to one';
    case 'name':
      return 'Expected a file name with {name} in it once, and {ext}, {width} and {height} where wanted,';
    case 'unknown':
      return `Expected {name}, {ext}, {width} or {height} instead of ${fault.part}`;
    default:
      return undefined;
  }
}

/** The parts of an output's name around its stem. Only the stem may have to be shortened. */
export interface NameParts {
  readonly before: string;
  readonly after: string;
}

/**
 * The text before and after `{name}` for each size. `{width}` and `{height}` are those of the box asked for, `{ext}` is
 * the extension without its dot (appended if the template leaves it out).
 */
export function nameParts(
  template: string | undefined,
  boxes: readonly Box[],
  extension: string,
): NameParts[] {
  const chosen = template ?? (boxes.length > 1 ? sizedName : keptName);
  const whole = chosen.includes('{ext}') ? chosen : `${chosen}.{ext}`;
  const at = whole.indexOf('{name}');
  return boxes.map(({ width, height }) => {
    const fill = (text: string) =>
      text
        .replaceAll('{width}', String(width))
        .replaceAll('{height}', String(height))
        .replaceAll('{ext}', extension);
    return { before: fill(whole.slice(0, at)), after: fill(whole.slice(at + '{name}'.length)) };
  });
}

/** Whether different sizes get different names. Giving the same size twice is another matter. */
export function tellsSizesApart(template: string | undefined, boxes: readonly Box[]): boolean {
  const names = nameParts(template, boxes, 'ext').map(({ before, after }) => `${before}/${after}`);
  return new Set(names).size === distinctBoxes(boxes);
}
