import { styleText } from 'node:util';
import { visibleText } from '../../shared/visible-text.ts';

/** A part of a line in a style of our own, where the stream shows styles. */
export interface Styled {
  readonly style: Parameters<typeof styleText>[0];
  readonly text: string;
}

/** One line, whatever stands in it: a line break of a file's name does not end it. */
export type Line = string | readonly (string | Styled)[];

/** The line at the bottom of a terminal that is drawn over and over. */
export interface LiveLine {
  draw(text: string): void;
  clear(): void;
  /** Leaves it as it is. */
  done(): void;
}

/**
 * Standard output or standard error. Whatever the command line says goes through here, for nearly all of it has something
 * from outside in it: here, once, nothing of that gets to the terminal as a command or as something nobody sees.
 */
export class Output {
  readonly #stream: NodeJS.WriteStream;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /** Writes a line. JSON that is written as one stays the same JSON. */
  line(line: Line): void {
    this.#stream.write(`${shown(line)}\n`);
  }

  /** Writes several lines at once. */
  lines(lines: readonly Line[]): void {
    if (lines.length > 0) this.#stream.write(`${lines.map(shown).join('\n')}\n`);
  }

  /** Writes a text whose line breaks are our own, such as a table or the help. */
  text(text: string): void {
    this.lines(text.replace(/\n$/, '').split('\n'));
  }

  /** Writes a question; what is typed stands behind it. */
  question(text: string): void {
    this.#stream.write(visibleText(text));
  }

  /**
   * Writes what a person's own function returned: as it is, because it is a program's input as often as not, but on a
   * terminal, where only its line breaks and tabs are more than text.
   */
  value(text: string): void {
    this.#stream.write(`${this.isTerminal ? text.replace(/[^\n\t]+/g, shownOfValue) : text}\n`);
  }

  get isTerminal(): boolean {
    return this.#stream.isTTY === true;
  }

  /** The width of the terminal, in characters. */
  get columns(): number {
    return this.#stream.columns || 80;
  }

  /** Whether the reader is behind with what has been written. */
  get isBehind(): boolean {
    return this.#stream.writableNeedDrain;
  }

  /** Calls back once the reader has caught up. */
  onceCaughtUp(callback: () => void): void {
    this.#stream.once('drain', callback);
  }

  /** What draws is loaded where there is a terminal to draw on. */
  async liveLine(): Promise<LiveLine> {
    const { createLogUpdate } = await import('log-update');
    // A terminal that was never given a size (in a container, under script) tells 0×0, in which nothing fits.
    this.#stream.columns ||= 80;
    this.#stream.rows ||= 24;
    const update = createLogUpdate(this.#stream);
    return { draw: (text) => update(visibleText(text)), clear: update.clear, done: update.done };
  }
}

export const out = new Output(process.stdout);
export const err = new Output(process.stderr);

function shown(line: Line): string {
  if (typeof line === 'string') return visibleText(line);
  return line
    .map((part) =>
      typeof part === 'string' ? visibleText(part) : styleText(part.style, visibleText(part.text)),
    )
    .join('');
}

/** The carriage return of a line end of Windows is one, too. */
function shownOfValue(part: string, at: number, whole: string): string {
  const isEnd = part.endsWith('\r') && whole[at + part.length] === '\n';
  return isEnd ? `${visibleText(part.slice(0, -1))}\r` : visibleText(part);
}
