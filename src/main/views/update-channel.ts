/**
 * At most one message in this time, in milliseconds: ten a second, so that two windows stay within twenty. A
 * little more than a tenth of a second, because timers may fire a little early.
 */
const minGapMs = 105;

interface UpdateChannelOptions<Message> {
  /** Makes the message of what has changed by now. */
  readonly make: (sequence: number) => Message;
  readonly send: (message: Message) => void;
}

/**
 * Messages to a page that may be slower than what happens: changes are gathered, a message leaves when the last
 * one was acknowledged and is long enough ago. So the page is never more than one message behind, and what it
 * cannot draw is never sent.
 */
export class UpdateChannel<Message> {
  readonly #options: UpdateChannelOptions<Message>;
  #sequence = 0;
  #sentAt = Number.NEGATIVE_INFINITY;
  #waitingFor: number | undefined;
  #changed = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: UpdateChannelOptions<Message>) {
    this.#options = options;
  }

  /** The number of the message that was sent last; 0 before the first. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Something changed. Cheap: called for each result. */
  touch(): void {
    this.#changed = true;
    this.#schedule();
  }

  acknowledge(sequence: number): void {
    if (this.#waitingFor === undefined || sequence < this.#waitingFor) return;
    this.#waitingFor = undefined;
    this.#schedule();
  }

  /** The page has been given everything in another way: what it did not acknowledge it never will. */
  reopen(): void {
    this.#waitingFor = undefined;
    this.#schedule();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#changed = false;
  }

  #schedule(): void {
    if (!this.#changed || this.#timer !== undefined || this.#waitingFor !== undefined) return;
    const wait = Math.max(0, this.#sentAt + minGapMs - performance.now());
    this.#timer = setTimeout(() => this.#send(), Math.ceil(wait));
  }

  #send(): void {
    this.#timer = undefined;
    this.#changed = false;
    this.#sequence += 1;
    this.#waitingFor = this.#sequence;
    this.#sentAt = performance.now();
    this.#options.send(this.#options.make(this.#sequence));
  }
}
