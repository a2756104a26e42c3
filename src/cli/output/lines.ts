/**
 * Lines on their way out. Those of one turn of the event loop leave in one write: a system call an item would cost
 * more than it tells. The order is kept, also between standard output and standard error.
 */
export class Lines {
  #waiting: string[] = [];
  #stream: NodeJS.WriteStream | undefined;

  write(stream: NodeJS.WriteStream, line: string): void {
    if (stream !== this.#stream) this.flush();
    this.#stream = stream;
    if (this.#waiting.length === 0) setImmediate(() => this.flush());
    this.#waiting.push(line);
  }

  /** Writes what waits now, for the last line before the end. */
  flush(): void {
    if (this.#waiting.length === 0) return;
    this.#stream?.write(`${this.#waiting.join('\n')}\n`);
    this.#waiting = [];
  }
}
