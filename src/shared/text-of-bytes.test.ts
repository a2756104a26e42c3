import { expect, test } from 'vitest';
import { textOfBytes } from './text-of-bytes.ts';

test.each<[string, number[], string, boolean]>([
  ['UTF-8 as it is, a mark at its beginning too', [0xef, 0xbb, 0xbf, 0xc3, 0xa9], '\uFEFFé', true],
  ['Latin-1 by its bytes', [0x63, 0xe9, 0x2e], 'c\\xE9.', false],
  ['UTF-8 beside what is none', [0xc3, 0xa9, 0xe9, 0xf0, 0x9f, 0x90, 0x9f], 'é\\xE9🐟', false],
  ['a character that is cut', [0x61, 0xf0, 0x9f], 'a\\xF0\\x9F', false],
  ['half of a surrogate pair', [0xed, 0xa0, 0x80], '\\xED\\xA0\\x80', false],
])('tells %s', (_, bytes, text, isUtf8) => {
  expect(textOfBytes(Uint8Array.from(bytes))).toEqual({ text, isUtf8 });
});
