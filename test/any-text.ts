import fc from 'fast-check';

/** What may not be shown as it is, said in another way than the code does. */
export const hidden =
  /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;

/** Any text, and more than its share of what is looked for. */
export const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom(...'\u001b\u009b\u007f\n\r\t\\"\u202e\u2066\u200b\u200d\ufe0f\u2028\ufeffa1é→😀ن'),
      fc.integer({ min: 0xe0000, max: 0xe01ef }).map((point) => String.fromCodePoint(point)),
    ),
  )
  .map((parts) => parts.join(''));
