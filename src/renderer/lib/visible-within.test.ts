import fc from 'fast-check';
import { expect, test } from 'vitest';
import { visibleText } from '../../shared/visible-text.ts';
import { visibleWithin } from './visible-within.ts';

const anyText = fc
  .array(
    fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...'\u001b\u009b\u202e\u2066\u200b\u2028a😀')),
  )
  .map((parts) => parts.join(''));

test('every text in a message is shown as it can be seen, whatever it is part of', () => {
  const rows = fc.array(
    fc.record({ name: anyText, index: fc.nat(), error: fc.option(fc.record({ message: anyText })) }),
  );
  fc.assert(
    fc.property(fc.record({ rows, warnings: fc.array(anyText), title: anyText }), (message) => {
      const seen = visibleWithin(message);
      expect(seen).toEqual({
        rows: message.rows.map(({ name, index, error }) => ({
          name: visibleText(name),
          index,
          error: error && { message: visibleText(error.message) },
        })),
        warnings: message.warnings.map(visibleText),
        title: visibleText(message.title),
      });
    }),
  );
});

test('a message without anything hidden is handed on as it is, not copied', () => {
  const message = {
    rows: [{ name: 'a.jpg', ms: 1 }],
    counters: { done: 1 },
    problem: undefined,
    thumb: null,
  };
  expect(visibleWithin(message)).toBe(message);
  const one = { ...message, title: 'a\u202eb' };
  expect(visibleWithin(one).rows).toBe(message.rows);
});
