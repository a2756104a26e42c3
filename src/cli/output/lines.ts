import type { Output } from './streams.ts';

/**
 * Gathers lines and writes those of one turn of the event loop at once: a system call for each item would cost more
 * than the line is worth. The order is kept, also between standard output and standard error.
 */
export class Lines {
  #waiting: string[] = [];
  #output: Output | undefined;

  write(output: Output, line: string): void {
    if (output !== this.#output) this.flush();
    this.#output = output;
    if (this.#waiting.length === 0) setImmediate(() => this.flush());
    this.#waiting.push(line);
  }

  /** Writes the waiting lines now: needed before the process ends. */
  flush(): void {
    if (this.#waiting.length === 0) return;
    this.#output?.lines(this.#waiting);
    this.#waiting = [];
  }
}
