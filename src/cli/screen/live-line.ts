import { visibleText } from '../../shared/visible-text.ts';

/** What the cursor does. The terminal shows all of a frame at once, and cuts lines at its edge instead of wrapping them. */
const codes = {
  beginFrame: '\u001b[?2026h\u001b[?7l',
  endFrame: '\u001b[?7h\u001b[?2026l',
  eraseBelow: '\r\u001b[J',
  up: (lines: number) => (lines > 0 ? `\u001b[${lines}A` : ''),
} as const;

/** The one that stands on the terminal now: whatever else is written there has to erase it first. */
let standing: ScreenLine | undefined;

/** Erases the live line, if there is one, before something else is written or the process ends. */
export function eraseLiveLine(): void {
  standing?.clear();
}

/** How far something is, told anew again and again. */
export interface LiveLine {
  /** The line, and what stands below it. */
  draw(text: string, below?: readonly string[]): void;
  /** Takes it away until it is drawn the next time. */
  clear(): void;
  /** Takes it away for good. */
  done(): void;
}

/**
 * The line at the bottom of a terminal that is redrawn while a run is on, and the lines below it. The cursor waits at
 * its beginning: to erase from there is right however the terminal has wrapped the lines since, when it became
 * narrower. And it stays visible, so that it cannot be lost, whatever the process dies of.
 */
export class ScreenLine implements LiveLine {
  readonly #stream: NodeJS.WriteStream;
  /** The stream's own, past whoever listens to what others write. */
  readonly #write: (text: string) => void;
  /** What is on the terminal. */
  #frame = '';
  readonly #redraw = (): void => {
    this.#frame = '';
  };
  readonly #suspend = (): void => {
    this.clear();
    // With the signal's own effect once more, which is to stop the process.
    process.off('SIGTSTP', this.#suspend);
    process.once('SIGCONT', () => process.on('SIGTSTP', this.#suspend));
    process.kill(process.pid, 'SIGTSTP');
  };

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    this.#write = stream.write.bind(stream);
    // A terminal that was never given a size (in a container, under script) reports 0×0, in which nothing fits.
    stream.columns ||= 80;
    stream.rows ||= 24;
    stream.on('resize', this.#redraw);
    process.on('SIGTSTP', this.#suspend);
  }

  draw(text: string, below: readonly string[] = []): void {
    const frame = [text, ...below].map(visibleText).join('\r\n');
    if (frame === this.#frame) return;
    if (standing !== this) standing?.clear();
    const { beginFrame, endFrame, eraseBelow, up } = codes;
    this.#write(`${beginFrame}${eraseBelow}${frame}${up(below.length)}\r${endFrame}`);
    this.#frame = frame;
    standing = this;
  }

  clear(): void {
    if (standing !== this) return;
    standing = undefined;
    this.#frame = '';
    this.#write(codes.eraseBelow);
  }

  done(): void {
    this.clear();
    this.#stream.off('resize', this.#redraw);
    process.off('SIGTSTP', this.#suspend);
  }
}

/** How often it is written, in milliseconds. */
const writtenMs = 5_000;

/** The same where there is no screen: a line of its own every few seconds. */
export class WrittenLine implements LiveLine {
  readonly #write: (text: string) => void;
  #writtenAt = performance.now();

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  draw(text: string): void {
    const now = performance.now();
    if (now - this.#writtenAt < writtenMs) return;
    this.#writtenAt = now;
    // A bar is for the eye.
    this.#write(`progress: ${text.replace(/^▕.*▏ /, '')}`);
  }

  clear(): void {
    // What is written stays.
  }

  done(): void {
    // Nothing stands there that would have to go.
  }
}
