/** Characters that a joiner or a variation selector may follow: those of scripts that join letters, and emoji. */
const base = String.raw`[^\p{ASCII}\p{DI}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]`;

/**
 * Control characters, lone surrogates, line and paragraph separators, and everything that Unicode says is not drawn:
 * direction marks, zero-width spaces, tags. Variation selectors and joiners are allowed only where they have an effect:
 * one of them after a character that uses it, as in emoji, Persian or Hindi, and in keycaps.
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

/** A text of these characters alone has nothing to escape, and this check takes a tenth of the time. */
const ordinary = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2190-\u2bff]*$/;

const short: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

/**
 * Makes a text from outside safe to show. Escaped as in JSON are: what a terminal would take for a command, what
 * reverses the writing direction (`gpj.exe` can look like `exe.jpg`), and what is not visible. JSON keeps its meaning.
 */
export function visibleText(text: string): string {
  return ordinary.test(text) ? text : text.replace(hidden, escaped);
}

/** The text with all such characters removed: for names of files to be written. */
export function withoutHidden(text: string): string {
  return ordinary.test(text) ? text : text.replace(hidden, '');
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return short[character] ?? units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
