import { language, t } from '../../languages/translate.ts';
import { count } from './format.ts';

/** Which numbers a field takes. */
export interface NumberBounds {
  readonly min?: number;
  readonly moreThan?: number;
  readonly max: number;
  /** Default: whole numbers only. */
  readonly fractions?: boolean;
}

/** What a text means: a value, or what is wrong with it. */
export type Read<Value> =
  | { readonly value: Value; readonly problem?: undefined }
  | { readonly value?: undefined; readonly problem: string };

/** What a person typed, exactly as it stands: nothing is dropped, rounded or moved between the bounds. */
export function typedNumber(text: string, bounds: NumberBounds): Read<number> {
  const { min = 0, moreThan, max, fractions = false } = bounds;
  const range = { least: count(moreThan ?? min), most: count(max) };
  const written = withPoint(text.trim());
  if (!/^[-+]?\d+(?:\.\d+)?$/.test(written))
    return {
      problem:
        moreThan === undefined
          ? t('A number between {{least}} and {{most}}.', range)
          : t('A number above {{least}}, up to {{most}}.', range),
    };
  const value = Number(written);
  if (value < min || value > max || (moreThan !== undefined && value <= moreThan))
    return {
      problem:
        moreThan === undefined
          ? t('Between {{least}} and {{most}}.', range)
          : t('Above {{least}}, up to {{most}}.', range),
    };
  if (!fractions && !Number.isInteger(value))
    return {
      problem:
        moreThan === undefined
          ? t('A whole number between {{least}} and {{most}}.', range)
          : t('A whole number above {{least}}, up to {{most}}.', range),
    };
  return { value };
}

/** Groups of digits may be told apart, and a fraction begun, by the signs of the person's language: "1.000,5". */
function withPoint(text: string): string {
  const parts = new Intl.NumberFormat(language()).formatToParts(1_234.5);
  const group = parts.find(({ type }) => type === 'group')?.value ?? ',';
  const decimal = parts.find(({ type }) => type === 'decimal')?.value ?? '.';
  const [whole = '', ...fraction] = text.split(decimal);
  const isGrouped = /^[-+]?\d{1,3}(?:\D\d{3})+$/.test(whole);
  return [isGrouped ? whole.replaceAll(group, '') : whole, ...fraction].join('.');
}
