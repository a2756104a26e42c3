import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyText } from '../../../../../test/any-text.ts';
import { SheetFonts } from './sheet-fonts.ts';

const fonts = new SheetFonts();

test.each([
  ['IMG_1234.jpg', 'IMG_1234.jpg', true],
  ['Łódź Αθήνα Москва Huế.jpg', 'Łódź Αθήνα Москва Huế.jpg', true],
  // As macOS writes it.
  ['Ko\u0308ln.jpg', 'Köln.jpg', true],
  ['two\nlines.jpg', 'two lines.jpg', true],
  ['写真.jpg', '\uFFFF.jpg', false],
  ['🏖️ beach.jpg', '\uFFFF beach.jpg', false],
])('%j is drawn as %j', (text, drawn, isWhole) => {
  expect(fonts.drawable(text)).toEqual({ text: drawn, isWhole });
});

test('a name that is too long loses its middle', () => {
  expect(fonts.fitted('IMG_20240812_123456.jpg', 60, 7)).toBe('IMG_202…456.jpg');
  expect(fonts.fitted('short.jpg', 60, 7)).toBe('short.jpg');
});

test('any name fits into its width, and is a part of the name', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 12, max: 130 }), (name, width) => {
      const { text } = fonts.drawable(name);
      const shown = fonts.fitted(text, width, 7);
      expect(fonts.widthOf(shown, 7)).toBeLessThanOrEqual(width);
      const [start = '', end = ''] = shown === text ? [text] : shown.split('…');
      expect(text.startsWith(start) && text.endsWith(end)).toBe(true);
    }),
    {
      examples: [
        ['…', 12],
        ['a…b', 12],
      ],
    },
  );
});

test('the outlines of a text are SVG without any text, and say nothing that is not a number', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const outlines = fonts.outlines(fonts.drawable(text).text, 10, 10, 7);
      expect(outlines).toMatch(
        /^(<path transform="translate\(-?[\d.]+,-?[\d.]+\) scale\([\d.]+ -[\d.]+\)" d="[MLQCZ\d. -]+"\/>)*$/,
      );
    }),
  );
  expect(fonts.outlines('Äß', 0, 0, 7).match(/<path/g)).toHaveLength(2);
});
