/**
 * The least time between messages, in milliseconds: about ten a second, so that two windows stay within twenty. A
 * little over 100 ms, because timers may fire a little early.
 */
const minGapMs = 105;

interface UpdateChannelOptions<Message> {
  /** Makes the message with everything that has changed since the last one. */
  readonly make: (sequence: number) => Message;
  readonly send: (message: Message) => void;
}

/**
 * Sends messages to a page that may be slower than the run. Changes are gathered; a message is sent when the last one
 * was acknowledged and is long enough ago. So the page is never more than one message behind, and is never sent what it
 * cannot draw.
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

  /** The sequence number of the last message; 0 before the first. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Call when something has changed. Cheap: called for each result. */
  touch(): void {
    this.#changed = true;
    this.#schedule();
  }

  acknowledge(sequence: number): void {
    if (this.#waitingFor === undefined || sequence < this.#waitingFor) return;
    this.#waitingFor = undefined;
    this.#schedule();
  }

  /** Call when the page has received everything in another way: messages not yet acknowledged never will be. */
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
