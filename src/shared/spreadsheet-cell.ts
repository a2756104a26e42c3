/** Characters at which some spreadsheet splits cells or rows, in quotes or not: a new cell may begin after each. */
const divider = String.raw`[;\t\r\n]`;
/** Characters that a spreadsheet may skip at the beginning of a cell, and our own mark. */
const skipped = String.raw`(?:(?!${divider})[\s\p{Cc}\p{Cf}"'])*`;
/** The beginning of a formula, also as Chinese and Japanese keyboards write it. */
const formula = `${skipped}[=+\\-@＝＋－＠]`;

const toMark = new RegExp(`^(?=${formula}|${skipped}[\\t\\r\\n])|(?<=${divider})(?=${formula})`, 'gu');
const marked = new RegExp(`^'(?=${formula}|${skipped}[\\t\\r\\n])|(?<=${divider})'(?=${formula})`, 'gu');
const plainNumber = /^[+-]?\d+([.,]\d+)?(e[+-]?\d+)?$/i;

/**
 * Marks a text for a cell of a CSV file so that a spreadsheet takes it for text. Otherwise a name such as
 * `=HYPERLINK(…)`, which a server or a list can choose, would be computed. An apostrophe before it prevents that
 * (OWASP, CSV injection).
 */
export function asText(text: string): string {
  return plainNumber.test(text) ? text : text.replace(toMark, "'");
}

/** The text that was given to `asText`. */
export function fromText(cell: string): string {
  return cell.replace(marked, '');
}
