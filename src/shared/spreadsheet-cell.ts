/** What another spreadsheet divides cells or rows by, in quotes or not: behind it another cell begins, for that one. */
const divider = String.raw`[;\t\r\n]`;
/** What may be passed over at the beginning of a cell, and our own mark. */
const skipped = String.raw`(?:(?!${divider})[\s\p{Cc}\p{Cf}"'])*`;
/** How a formula begins, also as Chinese and Japanese keyboards write it. */
const formula = `${skipped}[=+\\-@＝＋－＠]`;

const toMark = new RegExp(`^(?=${formula}|${skipped}[\\t\\r\\n])|(?<=${divider})(?=${formula})`, 'gu');
const marked = new RegExp(`^'(?=${formula}|${skipped}[\\t\\r\\n])|(?<=${divider})'(?=${formula})`, 'gu');
const plainNumber = /^[+-]?\d+([.,]\d+)?(e[+-]?\d+)?$/i;

/**
 * A text for a cell of a CSV file, so that a spreadsheet takes it for text: a name such as `=HYPERLINK(…)`, which a server
 * or a list can choose, would be computed. An apostrophe before it prevents that (OWASP, CSV injection).
 */
export function asText(text: string): string {
  return plainNumber.test(text) ? text : text.replace(toMark, "'");
}

/** What `asText` was given. */
export function fromText(cell: string): string {
  return cell.replace(marked, '');
}
