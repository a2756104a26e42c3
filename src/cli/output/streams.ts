import { styleText } from 'node:util';
import { visibleText } from '../../shared/visible-text.ts';
import { eraseLiveLine, type LiveLine, ScreenLine, WrittenLine } from '../screen/live-line.ts';

export type { LiveLine };

/** A part of a line with a style of ours, on streams that show styles. */
export interface Styled {
  readonly style: Parameters<typeof styleText>[0];
  readonly text: string;
}

/** One line, whatever its text contains: a line break in a file name does not end it. */
export type Line = string | readonly (string | Styled)[];

/**
 * Standard output or standard error. All output of the command line passes here, because nearly all of it contains text
 * from outside: this one place makes sure that no such text reaches the terminal as a command or as hidden characters.
 */
export class Output {
  readonly #stream: NodeJS.WriteStream;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /** Writes a line. A line of JSON keeps its meaning. */
  line(line: Line): void {
    this.#write(`${shown(line)}\n`);
  }

  /** Writes several lines at once. */
  lines(lines: readonly Line[]): void {
    if (lines.length > 0) this.#write(`${lines.map(shown).join('\n')}\n`);
  }

  /** Writes a text whose line breaks are our own, such as a table or the help. */
  text(text: string): void {
    this.lines(text.replace(/\n$/, '').split('\n'));
  }

  /** Writes a question without a line break, so that the answer is typed behind it. */
  question(text: string): void {
    this.#write(visibleText(text));
  }

  /**
   * Writes a value that a person's own function returned. It is written unchanged, because another program often reads
   * it; on a terminal, control characters other than line breaks and tabs are escaped.
   */
  value(text: string): void {
    this.#write(`${this.isTerminal ? text.replace(/[^\n\t]+/g, shownOfValue) : text}\n`);
  }

  get isTerminal(): boolean {
    return this.#stream.isTTY === true;
  }

  /** Whether it is a terminal that knows how to move its cursor. */
  get isScreen(): boolean {
    return this.isTerminal && process.env.TERM !== 'dumb';
  }

  /** The width of the terminal, in characters. */
  get columns(): number {
    return this.#stream.columns || 80;
  }

  /** The height of the terminal, in lines. */
  get rows(): number {
    return this.#stream.rows || 24;
  }

  /** Whether the reader is behind with what has been written. */
  get isBehind(): boolean {
    return this.#stream.writableNeedDrain;
  }

  /** Calls back once the reader has caught up. */
  onceCaughtUp(callback: () => void): void {
    this.#stream.once('drain', callback);
  }

  /** A line to redraw, below whatever else is written to the terminal; without a screen it is written now and then. */
  liveLine(): LiveLine {
    if (this.isScreen) return new ScreenLine(this.#stream);
    return new WrittenLine((text) => this.line(text));
  }

  /**
   * Looks at all that is written here before it is, also what others write past this class, as the threads of tasks do.
   * A live line that was begun earlier is not looked at. Returns a function that ends it.
   */
  beforeWrites(look: (chunk: string | Uint8Array) => void): () => void {
    const stream = this.#stream;
    const { write } = stream;
    stream.write = ((chunk: string | Uint8Array, ...further: []) => {
      look(chunk);
      return write.call(stream, chunk, ...further);
    }) as typeof write;
    return () => {
      stream.write = write;
    };
  }

  #write(text: string): void {
    if (this.isTerminal) eraseLiveLine();
    this.#stream.write(text);
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

/** Escapes control characters of a value. The carriage return of a Windows line end counts as a line break. */
function shownOfValue(part: string, at: number, whole: string): string {
  const isEnd = part.endsWith('\r') && whole[at + part.length] === '\n';
  return isEnd ? `${visibleText(part.slice(0, -1))}\r` : visibleText(part);
}
