import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyText, hidden } from '../../test/any-text.ts';
import { visibleText } from './visible-text.ts';

test('no text keeps a control character, a mark that turns its direction, or one that nobody sees', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(visibleText(text)).not.toMatch(hidden);
    }),
  );
});

test('what is escaped stands in JSON for what it was', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(JSON.parse(visibleText(JSON.stringify({ [text]: text })))).toEqual({ [text]: text });
    }),
  );
});

test.each([
  ['\u001b]0;pwned\u0007\n\t', '\\u001b]0;pwned\\u0007\\n\\t'],
  ['\u009b31m\u007f', '\\u009b31m\\u007f'],
  ['photo\u202egpj.exe', 'photo\\u202egpj.exe'],
  ['pay\u200bpal \ufeff\u00ad\u2028', 'pay\\u200bpal \\ufeff\\u00ad\\u2028'],
  ['\u{e0041}', '\\udb40\\udc41'],
  ['\ud83d', '\\ud83d'],
  ['\u3164\u115f\u034f', '\\u3164\\u115f\\u034f'],
])('%j is shown as %s', (text, shown) => {
  expect(visibleText(text)).toBe(shown);
});

test('names in any script and with any emoji stay as they are', () => {
  const names = [
    'sample-00001.jpg → thumbs/é ß ÿ “quoted” 100 %.jpg',
    '👨‍👩‍👧.jpg',
    '❤️‍🔥 1️⃣ ⚠️ ©️ 🇩🇪 👍🏽',
    'می‌خواهم.jpg',
    'क्‍ष.png',
    '葛󠄀城.jpg',
    'ราชการ שלום 写真 ﬁ',
  ];
  for (const name of names) expect(visibleText(name)).toBe(name);
});

test('joiners and variation selectors hide where a script has no use for them, or where there are several', () => {
  expect(visibleText('pay\u200dpal')).toBe('pay\\u200dpal');
  expect(visibleText('a\ufe0fb')).toBe('a\\ufe0fb');
  expect(visibleText('\u200d')).toBe('\\u200d');
  expect(visibleText('😀\ufe0f\ufe01\u{e0100}')).toBe('😀\ufe0f\\ufe01\\udb40\\udd00');
  expect(visibleText('😀\u200d\u200d😀')).toBe('😀\u200d\\u200d😀');
});
