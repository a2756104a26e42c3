import { afterEach, expect, it } from 'vitest';
import { speak } from '../../languages/translate.ts';
import { typedNumber } from './typed-number.ts';

afterEach(() => speak('en'));

const pixels = { min: 1, max: 16_383 };

it('takes a number within the bounds as it stands', () => {
  expect(typedNumber(' 256 ', pixels)).toEqual({ value: 256 });
  expect(typedNumber('0.5', { moreThan: 0, max: 60, fractions: true })).toEqual({ value: 0.5 });
});

it('makes no other number of what is none', () => {
  for (const text of ['', '1e3', '12px', '1 2', 'https://example.com/12'])
    expect(typedNumber(text, pixels)).toEqual({ problem: 'A number between 1 and 16,383.' });
});

it('says the bounds of what is beyond them', () => {
  for (const text of ['0', '-5', '99999'])
    expect(typedNumber(text, pixels)).toEqual({ problem: 'Between 1 and 16,383.' });
  expect(typedNumber('0', { moreThan: 0, max: 60 })).toEqual({ problem: 'Above 0, up to 60.' });
});

it('rounds no fraction', () => {
  expect(typedNumber('12.5', pixels)).toEqual({ problem: 'A whole number between 1 and 16,383.' });
});

it('reads numbers as they are written in the person’s language', () => {
  const seconds = { min: 0, max: 10_000, fractions: true };
  const read = (texts: string[]) => texts.map((text) => typedNumber(text, seconds).value);
  expect(read(['1,000', '1,000.5', '0.5', '1,5', '1,00', '1.000'])).toEqual([
    1_000,
    1_000.5,
    0.5,
    undefined,
    undefined,
    1,
  ]);
  speak('de');
  expect(read(['1.000', '1.000,5', '0,5', '0.5', '1.00,5', '10.000'])).toEqual([
    1_000,
    1_000.5,
    0.5,
    0.5,
    undefined,
    10_000,
  ]);
});
