import { language } from '../../../languages/translate.ts';

/** Seconds in a column, where each has the same number of digits behind the point. */
export function inHundredths(seconds: number): string {
  return fixed(seconds, 2);
}

export function inTenths(times: number): string {
  return fixed(times, 1);
}

/** As few digits as tell the marks of an axis apart. */
export function inNumbers(mark: number): string {
  return new Intl.NumberFormat(language()).format(mark);
}

function fixed(value: number, digits: number): string {
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false };
  return new Intl.NumberFormat(language(), options).format(value);
}
