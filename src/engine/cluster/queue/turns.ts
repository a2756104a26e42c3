/** The right to take a bucket. It goes to the next when it is passed on, or disposed of. */
export interface Turn extends Disposable {
  /** Lets the next begin, though this one has not ended. */
  pass(): void;
}

/** Lets one after the other begin: who has begun passes the turn on when somebody else may begin as well. */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #isFree = true;

  async take(): Promise<Turn> {
    if (this.#isFree) this.#isFree = false;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    let isMine = true;
    const pass = (): void => {
      if (!isMine) return;
      isMine = false;
      const next = this.#waiting.shift();
      if (next) next();
      else this.#isFree = true;
    };
    return { pass, [Symbol.dispose]: pass };
  }

  /** Lets all who wait go on: they see by themselves that it is over. */
  end(): void {
    for (const next of this.#waiting.splice(0)) next();
  }
}
