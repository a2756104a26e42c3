import { count } from './format.ts';

/** Which numbers a field takes. */
export interface NumberBounds {
  readonly min?: number;
  readonly moreThan?: number;
  readonly max: number;
  /** Default: whole numbers only. */
  readonly fractions?: boolean;
}

type TypedNumber =
  | { readonly value: number; readonly problem?: undefined }
  | { readonly value?: undefined; readonly problem: string };

/** What a person typed, exactly as it stands: nothing is dropped, rounded or moved between the bounds. */
export function typedNumber(text: string, bounds: NumberBounds): TypedNumber {
  const { min = 0, moreThan, max, fractions = false } = bounds;
  const range =
    moreThan === undefined
      ? `between ${count(min)} and ${count(max)}.`
      : `above ${count(moreThan)}, up to ${count(max)}.`;
  const written = text.trim();
  if (!/^[-+]?\d+(?:\.\d+)?$/.test(written)) return { problem: `A number ${range}` };
  const value = Number(written);
  if (value < min || value > max || (moreThan !== undefined && value <= moreThan))
    return { problem: range.replace(/^./, (first) => first.toUpperCase()) };
  if (!fractions && !Number.isInteger(value)) return { problem: `A whole number ${range}` };
  return { value };
}
