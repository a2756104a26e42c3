/** A text in roff: nothing in it is taken for a command, and dashes are those of flags. */
export function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/[^\x20-\x7e\n]/gu, (character) => `\\[u${hexadecimal(character)}]`)
    .split('\n')
    .map((line) => line.replace(/^([.'])/, '\\&$1'))
    .join('\n');
}

function hexadecimal(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}

/** Lines of a text that flows: none is longer than is usual in a source. */
function flowing(text: string): string {
  return roff(text.replace(/(?=\S{1,70}(?:\s|$))([^\n]{1,70})(?:\s+|$)/g, '$1\n').trimEnd());
}

export const bold = (text: string): string => `\\fB${roff(text)}\\fR`;
export const italic = (text: string): string => `\\fI${roff(text)}\\fR`;

export function section(heading: string, ...lines: readonly string[]): string {
  return [`.SH ${quoted(heading.toUpperCase())}`, ...lines].join('\n');
}

export function subsection(heading: string, ...lines: readonly string[]): string {
  return [`.SS ${quoted(heading)}`, ...lines].join('\n');
}

/** A term, and what it is. */
export function entry(term: string, text: string): string {
  return `.TP\n${term}\n${flowing(text)}`;
}

export function paragraph(text: string): string {
  return `.PP\n${flowing(text)}`;
}

/** Lines that are shown as they are. */
export function verbatim(lines: readonly string[]): string {
  return ['.PP', '.nf', ...lines.map((line) => (line === '' ? '.sp' : roff(line))), '.fi'].join('\n');
}

function quoted(text: string): string {
  return `"${roff(text).replaceAll('"', '\\(dq')}"`;
}
