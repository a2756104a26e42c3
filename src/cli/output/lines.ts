import type { Output } from './streams.ts';

/**
 * Lines on their way out. Those of one turn of the event loop leave in one write: a system call an item would cost
 * more than it tells. The order is kept, also between standard output and standard error.
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

  /** Writes what waits now, for the last line before the end. */
  flush(): void {
    if (this.#waiting.length === 0) return;
    this.#output?.lines(this.#waiting);
    this.#waiting = [];
  }
}
