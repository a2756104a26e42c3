import { plain, type Say } from '../say/say.ts';
import { allSettings } from '../settings/all-settings.ts';
import { type Box, boxesOf } from '../settings/boxes.ts';
import { thumbnailSettings } from '../settings/thumbnail-settings.ts';
import { settingsOfRequest } from '../settings-of-request.ts';

/** So many further settings a line has; the rest is counted. */
const mostFurther = 3;
/** So many characters of a value a line has. */
const mostOfValue = 40;
/** What the line tells in its own words, or stands elsewhere. */
const ofTheirOwn = new Set([
  'box',
  'furtherBoxes',
  'fit',
  'format',
  'furtherFormats',
  'quality',
  'thumbnail',
  'outputFolder',
  'inputs',
  'paths',
  'items',
  'module',
]);

/** Values that the window has words for. */
const choiceLabels: ReadonlySet<string> = new Set(
  Object.values(allSettings).flatMap(({ field }) => Object.values(field?.choices ?? {})),
);

interface Pictures {
  readonly box?: Box;
  readonly furtherBoxes?: readonly Box[];
  readonly fit?: string;
  readonly format?: string;
  readonly furtherFormats?: readonly string[];
  readonly quality?: number;
}

interface Request {
  readonly kind?: unknown;
  readonly recipe?: Pictures & { readonly thumbnail?: Pictures | undefined };
}

/** The settings of a request in a line: "256 × 256, cropped, WebP 70", "Per host 2". Empty where all are the usual ones of a fetch. */
export function settingsLine(request: object | null, say: Say = plain): string {
  const { kind } = (request ?? {}) as Request;
  const parts = picturesLine(request, say);
  const further = furtherOf(request, kind, say);
  parts.push(...further.slice(0, mostFurther));
  const more = further.length - mostFurther;
  if (more > 0)
    parts.push(say('{{count, number}} more settings', { count: more }, '{{count, number}} more setting'));
  return parts.join(', ');
}

/** What the pictures that a request makes will be like: "256 × 256", "cropped", "WebP 70". None for files that stay as they are. */
export function picturesLine(request: object | null, say: Say = plain): string[] {
  const { kind, recipe = {} } = (request ?? {}) as Request;
  if (kind === 'thumbnails') return wordsOf(recipe, say);
  if (recipe.thumbnail === undefined) return [];
  return [say('thumbnails {{settings}}', { settings: wordsOf(recipe.thumbnail, say).join(', ') })];
}

function wordsOf(pictures: Pictures, say: Say): string[] {
  const { box, furtherBoxes = [], fit, format, furtherFormats = [], quality } = pictures;
  const { fit: fits, format: formats } = thumbnailSettings;
  const usual = thumbnailSettings.box.default;
  const sizes = boxesOf({ box: box ?? usual, furtherBoxes }).map(
    ({ width, height }) => `${width} × ${height}`,
  );
  const both = (first: string, second: string) => say('{{first}} and {{second}}', { first, second });
  const told: Readonly<Record<string, string>> = fits.field.told;
  const labels: Readonly<Record<string, string>> = { ...formats.field.choices, ...formats.field.told };
  const written = [format ?? formats.default, ...furtherFormats];
  const isAsInput = written.join() === 'same';
  const label = isAsInput ? '' : written.map((each) => say(labels[each] ?? each)).reduce(both);
  const usualQuality = thumbnailSettings.quality.default;
  const at = quality !== undefined && (quality !== usualQuality || (!isAsInput && written.join() !== 'png'));
  return [
    sizes.reduce(both),
    say(told[fit ?? fits.default] ?? String(fit)),
    [label, at ? (label === '' ? say('quality {{quality}}', { quality }) : quality) : ''].join(' ').trim(),
  ].filter((part) => part !== '');
}

/** The others that differ from the defaults, in the window's words where it has some. */
function furtherOf(request: object | null, kind: unknown, say: Say): string[] {
  const { recipe, ...rest } = (request ?? {}) as { readonly recipe?: object };
  const kept = (of: object) => Object.fromEntries(Object.entries(of).filter(([key]) => !ofTheirOwn.has(key)));
  const told = settingsOfRequest({ ...kept(rest), kind, recipe: kept(recipe ?? {}) }, 'window');
  return Object.entries(told).map(([name, value]) => {
    const setting = say(nameOf(name));
    const isOff = value === 'off' || name.startsWith('--no-');
    if (isOff) return say('{{setting}}: off', { setting });
    return `${setting} ${choiceLabels.has(value) ? say(value) : short(value)}`.trim();
  });
}

/** What a function is given may be as long as a file. */
function short(value: string): string {
  return value.length > mostOfValue ? `${value.slice(0, mostOfValue)}…` : value;
}

/** Of a setting without a field in the window its key says as much as its flag, and no flag is known there. */
function nameOf(name: string): string {
  if (!name.startsWith('--')) return name;
  const [key] = Object.entries(allSettings).find(([, { flag }]) => flag === name) ?? [];
  return (key ?? name).replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
