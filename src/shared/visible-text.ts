/** Characters of scripts that join letters, and of emoji: where one of these stands, a joiner or a selector may follow. */
const base = String.raw`[^\p{ASCII}\p{DI}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]`;

/**
 * Control characters, lone surrogates, line and paragraph separators, and all that Unicode says is drawn as nothing:
 * marks of direction, spaces without width, tags. Variation selectors and joiners only where they are drawn: one after
 * a character that has use for it, such as in emoji, Persian or Hindi, and in keycaps.
 */
const hidden = new RegExp(
  [
    String.raw`[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\ufff9-\ufffb]`,
    String.raw`(?![\p{VS}\p{Join_C}])\p{DI}`,
    String.raw`(?<!${base})(?!\ufe0f\u20e3)\p{VS}`,
    String.raw`(?<!${base}\p{VS}?)\p{Join_C}`,
  ].join('|'),
  'gu',
);

/** Nothing of it can be in a text of these alone, and looking takes a tenth of the time. */
const ordinary = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2190-\u2bff]*$/;

const short: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

/**
 * A text from outside as it may be shown: what a terminal takes for a command, what turns the writing direction round
 * (`gpj.exe` can look like `exe.jpg`) and what nobody sees is escaped, as JSON does it. JSON stays the same JSON.
 */
export function visibleText(text: string): string {
  return ordinary.test(text) ? text : text.replace(hidden, escaped);
}

/** The text with nothing in the place of such characters: for names that are to be written. */
export function withoutHidden(text: string): string {
  return ordinary.test(text) ? text : text.replace(hidden, '');
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return short[character] ?? units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
