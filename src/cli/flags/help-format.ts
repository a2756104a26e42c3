import type { HelpConfiguration } from 'commander';

/** So much room at least is left for what a flag does beside it; where there is less, it stands below. */
const leastBeside = 36;
const indent = '  ';
const below = '      ';

/** How help is laid out: as commander does it, but also in a narrow terminal. */
export const helpFormat: HelpConfiguration = {
  minWidthToWrap: 20,
  formatItem(term, termWidth, description, helper) {
    const width = helper.helpWidth ?? 80;
    const beside = width - termWidth - 2 * indent.length;
    if (beside >= leastBeside || description === '') {
      const padded = term.padEnd(termWidth + indent.length);
      const lines = description === '' ? [''] : helper.boxWrap(description, beside).split('\n');
      const gap = `\n${' '.repeat(indent.length + padded.length)}`;
      return `${indent}${padded}${lines.join(gap)}`.trimEnd();
    }
    const lines = helper.boxWrap(description, width - below.length).split('\n');
    return [`${indent}${term}`, ...lines.map((line) => `${below}${line}`)].join('\n');
  },
};

/** What stands below the help is ours to break into lines: its paragraphs, not what is indented. */
export function fitted(text: string, columns: number): string {
  const paragraphs = text.replace(/(?<=(?:^|\n)[^\s][^\n]*[^.:\n])\n(?=[^\s])/g, ' ');
  return paragraphs
    .split('\n')
    .flatMap((line) => (line.startsWith(' ') ? [line] : wrapped(line, columns)))
    .join('\n');
}

function wrapped(line: string, columns: number): string[] {
  if (line.length <= columns) return [line];
  const at = line.lastIndexOf(' ', columns);
  return at <= 0 ? [line] : [line.slice(0, at), ...wrapped(line.slice(at + 1), columns)];
}
