import fc from 'fast-check';
import { expect, it } from 'vitest';
import { headerAddress, headerText } from './header-text.ts';

const asLatin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

it('text in UTF-8 is read as that, any other as Latin-1', () => {
  expect(headerText(asLatin1(Buffer.from('été 日本.jpg')))).toBe('été 日本.jpg');
  expect(headerText(asLatin1(Buffer.from('caf\xe9.jpg', 'latin1')))).toBe('café.jpg');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const wellFormed = text.toWellFormed();
      expect(headerText(asLatin1(Buffer.from(wellFormed)))).toBe(wellFormed);
    }),
  );
});

it('an address keeps its bytes, whatever they mean', () => {
  expect(headerAddress(asLatin1(Buffer.from('/caf\xe9.jpg?q=\xe9', 'latin1')))).toBe('/caf%E9.jpg?q=%E9');
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const address = headerAddress(asLatin1(bytes));
      expect(Buffer.from(address).length).toBe(address.length);
      const back = address.replace(/%([89A-F][0-9A-F])/g, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      );
      if (!bytes.includes(37)) expect(back).toBe(asLatin1(bytes));
    }),
  );
});
