import { noRoomCodes } from '../../../files/system-error.ts';
import {
  ifRangeOf,
  knownLengthOf,
  resumableVersionOf,
  type Version,
  versionOf,
} from '../../parts/file-version.ts';
import { type Part, removePart, takePart, tryToPutAside } from '../../parts/resumable-part.ts';
import { firstWantedOf, type Held, placementOf, type Span, spanOf } from '../../parts/span-of-answer.ts';
import type { Head } from '../../protocol/exchange.ts';
import { AttemptError } from '../../protocol/fetch-errors.ts';
import type { MemoryBudget } from '../../protocol/memory-budget.ts';
import { failureOfStatus } from '../http/status.ts';
import { type BodyOf, BodySink, minKeptBytes } from './body-sink.ts';
import { type BodyTarget, lengthOf } from './download.ts';
import { MemorySink } from './memory-sink.ts';
import { SpanTarget } from './span-target.ts';

/** An attempt brings a file on if it adds this many bytes: fewer could go on for days. */
const minProgressBytes = 4 * 1024;

/** What a failed attempt has kept of the file. */
export interface Kept {
  /** The name of the part. */
  readonly part: string | undefined;
  readonly bytes: number;
  /** Whether more is there than any attempt had before, and enough to justify another. */
  readonly progress: boolean;
}

/**
 * What an attempt has of its file: the part of an earlier one, then what its answers add to it, each at its place. The
 * file is whole when as many bytes are there as any answer said, not when an answer has ended.
 */
export class FileSoFar {
  readonly #of: BodyOf;
  /** Absent if the file goes to a file. */
  readonly #memory: MemoryBudget | undefined;
  /** The most bytes of the file that were there before this attempt. */
  #reached: number;
  #part: Part | undefined;
  #sink: BodySink | MemorySink | undefined;
  #version: Version = {};
  /** The current answer's place, and what puts its bytes there. */
  #span: Span | undefined;
  #placing: SpanTarget | undefined;
  /** Whether the last answer ended in good order, but before the file's end. */
  #endedShort = false;

  constructor(of: BodyOf, memory: MemoryBudget | undefined, reached = 0) {
    this.#of = of;
    this.#memory = memory;
    this.#reached = reached;
  }

  get sink(): BodySink | MemorySink | undefined {
    return this.#sink;
  }

  get bytes(): number {
    return this.#held?.bytes ?? 0;
  }

  /** Goes on with the part of an earlier attempt, if one can be had. */
  async takePart(names: readonly string[]): Promise<void> {
    if (this.#memory) return;
    this.#part = await takePart(this.#of, this.#of.url, names, this.#of.expected);
    this.#reached = Math.max(this.#reached, this.bytes);
  }

  /** The headers that ask for the rest; undefined if nothing is there. */
  conditions(): [string, string | undefined][] | undefined {
    const held = this.#held;
    if (!held) return undefined;
    return [
      ['range', `bytes=${firstWantedOf(held)}-`],
      ['if-range', ifRangeOf(held.version)],
    ];
  }

  /**
   * Call with the head of an answer that brings bytes.
   * @param encoded whether its bytes are not those of the file, but have to be decoded.
   * @returns where they go, and the place in the file of the first of them.
   * @throws AttemptError if nobody knows where in this file they belong; what was there is dropped.
   */
  receive(head: Head, encoded: boolean): { target: BodyTarget; from: number } {
    const held = this.#held;
    const asked = held ? firstWantedOf(held) : 0;
    const span = spanOf(head, { announced: lengthOf(head), encoded }, asked);
    const placement = span && placementOf(head, span, held);
    // Nobody asked for a range, and it is not the file's beginning.
    if (!placement && !held && head.status === 206) throw failureOfStatus(this.#of.url, 206);
    if (!placement) throw this.refuse();
    const sink = placement.kind === 'fresh' ? this.#begin(head, span, encoded) : this.#goOn(span);
    this.#span = span;
    const skip = placement.kind === 'append' ? placement.skip : 0;
    this.#placing = span.to === undefined ? undefined : new SpanTarget(sink, this.#of.url, skip, span.to);
    return { target: this.#placing ?? sink, from: span.from };
  }

  /**
   * Call when an answer has ended in good order. @returns whether the file is whole; if not, its rest is to be asked for.
   * @throws AttemptError if less came than the answer itself said.
   */
  endOfAnswer(): boolean {
    const { bytes } = this;
    const { length } = this.#version;
    const end = this.#span?.to;
    if (end !== undefined && bytes < end) throw this.#truncated(`${bytes} bytes are there of ${end}`);
    if (length === undefined || bytes === length) return true;
    // An answer without a length that is not as long as the same version was said to be.
    if (end === undefined) {
      this.discard();
      throw this.#truncated(`${bytes} bytes came as the whole of ${length}`);
    }
    this.#endedShort = true;
    return false;
  }

  /** The failure of an answer that does not go on where the file ends; what was there is dropped. */
  refuse(): AttemptError {
    const { url } = this.#of;
    if (!this.#held) {
      const message = `${url} answered with a part of the file that is not its beginning, or without saying which.`;
      return new AttemptError('BAD_RESPONSE', message, { retryable: true });
    }
    this.discard();
    const message = `${url} has changed, or does not go on where it was asked to; its part was dropped.`;
    return new AttemptError('TRUNCATED', message, { retryable: true });
  }

  /** The failure of a file whose rest is left to the next attempt. */
  restIsLeft(): AttemptError {
    return this.#truncated(
      `${this.bytes} bytes are there of ${this.#version.length}; the server sends them in ranges`,
    );
  }

  /** Call if the attempt failed. */
  interrupt({ code }: AttemptError): Kept {
    const { bytes } = this;
    // A part would take room on the disk that other files need.
    if (noRoomCodes.has(code) || this.#placing?.overflowed) this.discard();
    const part = this.#putAside();
    return { part, bytes, progress: part !== undefined && bytes >= this.#reached + minProgressBytes };
  }

  /** Puts the claimed part back, because no answer came that could add to it. @returns its name. */
  putBack(): string | undefined {
    const part = this.#part;
    this.#part = undefined;
    part?.letGo();
    return part && tryToPutAside(this.#of, part.path, this.#of.url);
  }

  /** Removes what is there. */
  discard(): void {
    this.#sink?.discard();
    this.#sink = undefined;
    if (this.#part) removePart(this.#part.path);
    this.#part?.letGo();
    this.#part = undefined;
  }

  /** Hands over the whole file: from now on it is not this one's to keep or to discard. */
  release(): BodySink | MemorySink {
    const sink = this.#sink;
    if (!sink) throw new Error('A body without a place to go to.');
    if (sink instanceof BodySink) this.#sink = undefined;
    return sink;
  }

  get #held(): Held | undefined {
    return this.#sink ? { bytes: this.#sink.bytes, version: this.#version } : this.#part;
  }

  #putAside(): string | undefined {
    const sink = this.#sink;
    if (!sink) return this.putBack();
    this.#sink = undefined;
    if (sink instanceof BodySink) return sink.interrupt(this.#endedShort ? 1 : minKeptBytes);
    sink.discard();
    return undefined;
  }

  #begin(head: Head, span: Span, encoded: boolean): BodySink | MemorySink {
    const length = encoded ? undefined : (span.whole ?? knownLengthOf(this.#held?.version, head));
    this.discard();
    this.#version = versionOf(head, length);
    const resumable = encoded ? undefined : resumableVersionOf(head, this.#version);
    this.#sink = this.#memory
      ? new MemorySink(this.#memory, this.#of.folder, this.#of.expected)
      : BodySink.fresh(this.#of, resumable);
    return this.#sink;
  }

  #goOn({ whole }: Span): BodySink | MemorySink {
    if (this.#sink) return this.#sink;
    const part = this.#part;
    if (!part) throw new Error('There is nothing to go on with.');
    this.#version = { ...(whole !== undefined && { length: whole }), ...part.version };
    this.#sink = BodySink.continuing(this.#of, { ...part, version: this.#version });
    part.letGo();
    this.#part = undefined;
    return this.#sink;
  }

  #truncated(what: string): AttemptError {
    return new AttemptError('TRUNCATED', `${this.#of.url}: ${what}.`, { retryable: true });
  }
}
