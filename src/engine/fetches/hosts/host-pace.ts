/** How many requests may be in flight at a host of which nothing is known yet. */
const firstAtOnce = 8;
/** How many more each answer allows, until the first refusal: a burst is refused for the most part, so it grows by steps. */
const growth = 0.75;
/** The gap after the first refusal, in milliseconds: shorter only for a host that has answered faster for long. */
const firstGapMs = 20;
/** So many answers may come from what a host had saved up, and tell nothing about its rate. */
const uncountedAnswers = 20;
const longestGapMs = 60_000;
/** The longest gap while a host whose rate is known answers nobody, in milliseconds. */
const outageGapMs = 8_000;
/** It is longer after a long time: one such part of it. */
const outageParts = 8;
/** Shorter gaps are none. */
const shortestGapMs = 0.05;
/** The most time that late timers may be made up for, in milliseconds. */
const catchUpMs = 25;
/** After this many refusals in a row a host is not asked before the time that it says. */
const parkedAfter = 3;
/** The gap that follows a refusal, as a multiple of the time between two answers. */
const slowing = 1.08;
const mostSlowing = 3;
/** By how much an answer shortens the gap: at first, and when the host's rate has been measured. */
const searchStep = 0.1;
const probeStep = 0.01;
/** From this many answers between two refusals the rate counts as measured. */
const measuredFrom = 4;
/** The most answers to wait for before one more request at once is tried again. */
const mostPatience = 512;

/** What is remembered of a request in flight. */
export interface Start {
  readonly at: number;
  /** How many were in flight then, with this one and without those that were refused. */
  atOnce: number;
  /** Whether it was the gap that it had waited for. */
  readonly paced: boolean;
  /** How many had started since the host was slowed down and had not been refused. */
  readonly before: number;
}

/** A time in which a host answered nobody. */
interface Outage {
  /** The gap before it. */
  readonly gapMs: number;
  /** The gap at its end, for a host that has become slower instead; known once the one before it is tried again. */
  slowGapMs?: number;
}

/**
 * How fast one host is asked: learnt from what it answers and what it refuses (429, 503). Pure: whoever calls tells the
 * time.
 *
 * A host of which nothing is known is asked for few files at once, and for more with each answer.
 * Refusals of requests that began before the host was slowed down belong together and count once. Each time, the answers
 * since the time before tell the host's rate: it has given out all that it had both times. The gap between requests is
 * made a little longer than that rate demands, and shorter again with each answer. Hosts that limit how many they serve
 * at once get no more than they have been seen to serve; one more is tried ever more rarely.
 */
export class HostPace {
  /** How many requests the host has answered, and how many refused. */
  answers = 0;
  refusals = 0;
  #atOnce = firstAtOnce;
  /** The largest number at once of which one was answered. */
  #provenAtOnce = 0;
  #patience = 1;
  #answersSinceCrowded = 0;
  /** 0 for none. */
  #gapMs = 0;
  #notBefore = 0;
  #firstStart: number | undefined;
  #slowedAt: number | undefined;
  /** When the host had nothing left to give, or, after a wait that it asked for, had saved up all that it can. */
  #countsFrom = 0;
  /** Answers to requests that began since the host was last slowed down. */
  #counted = 0;
  /** Requests that began since then, without those that were refused. */
  #started = 0;
  /** How many of these it may have answered from what it had saved up. */
  #uncounted = 0;
  #measured = false;
  /** Whether the gap comes from many answers, so that it is worth trying again after an outage. */
  #known = false;
  #outage: Outage | undefined;
  /** How many the host answers at once after a rest. */
  #burst = 0;
  #refusedInARow = 0;

  get isSlowed(): boolean {
    return this.#slowedAt !== undefined;
  }

  /** How long until a request may start, in milliseconds: 0 for now, Infinity until one in flight has ended. */
  startsIn(now: number, active: number): number {
    if (active >= Math.floor(this.#atOnce)) return Number.POSITIVE_INFINITY;
    // The answer to the one in flight may end the wait.
    if (active > 0 && this.#outage && this.#outage.slowGapMs === undefined) return Number.POSITIVE_INFINITY;
    return Math.max(0, this.#notBefore - now);
  }

  start(now: number, active: number): Start {
    this.#firstStart ??= now;
    const paced = this.#gapMs > 0 && now - this.#notBefore <= Math.max(this.#gapMs, 1);
    if (this.#gapMs > 0) {
      const due = Math.max(this.#notBefore, now - Math.min(this.#gapMs, catchUpMs));
      this.#notBefore = due + this.#gapMs;
    }
    this.#started += 1;
    return { at: now, atOnce: active + 1, paced, before: this.#started - 1 };
  }

  /** A request ended in a way that says nothing about the host's load. */
  passed(): void {
    if (!this.isSlowed) this.#atOnce += growth;
  }

  /** @param active how many are in flight, with the one that was answered. */
  answered(start: Start, active: number): void {
    this.answers += 1;
    this.#refusedInARow = 0;
    this.#provenAtOnce = Math.max(this.#provenAtOnce, start.atOnce);
    if (this.#slowedAt === undefined) {
      this.#atOnce += growth;
      return;
    }
    if (start.at <= this.#slowedAt) return;
    this.#counted += 1;
    this.#answersSinceCrowded += 1;
    if (this.#outage) this.#resume(this.#outage, start);
    if (active >= Math.floor(this.#atOnce)) this.#allowMore();
    if (!start.paced) return;
    const step = this.#measured ? probeStep * (1 + this.#counted / 16) : searchStep;
    this.#gapMs /= 1 + Math.min(step, searchStep);
    if (this.#gapMs < shortestGapMs) this.#gapMs = 0;
  }

  /**
   * @param others those still in flight. @param afterMs the wait that the host asks for, in milliseconds.
   */
  refused(start: Start, now: number, others: ReadonlyMap<unknown, Start>, afterMs: number | undefined): void {
    const active = others.size;
    for (const other of others.values()) if (other.at >= start.at) other.atOnce -= 1;
    // Else it belongs to the burst that the host has been slowed down for already.
    const isNew = this.#slowedAt === undefined || start.at > this.#slowedAt;
    const isOneTooMany = start.atOnce > this.#provenAtOnce;
    this.refusals += 1;
    this.#refusedInARow += 1;
    // It may have ended one just then, and never have served so many.
    if (start.atOnce === this.#provenAtOnce && this.isSlowed && start.atOnce > 1) this.#provenAtOnce -= 1;
    if (isOneTooMany) this.#allowLess(active, isNew);
    if (isNew && !(isOneTooMany && this.isSlowed && this.#provenAtOnce > 0)) this.#slowDown(start, now);
    else if (isNew) this.#started -= 1;
    if (this.#refusedInARow >= parkedAfter) this.#park(now, afterMs);
  }

  /** The host answers again after it had refused everything: an outage says nothing about its rate. */
  #resume(outage: Outage, start: Start): void {
    if (outage.slowGapMs !== undefined) {
      if (this.#counted >= measuredFrom) this.#outage = undefined;
      return;
    }
    outage.slowGapMs = this.#gapMs;
    this.#gapMs = outage.gapMs;
    this.#notBefore = Math.min(this.#notBefore, start.at + this.#gapMs);
    this.#countsFrom = start.at;
    this.#uncounted = this.#burst;
  }

  #slowDown(start: Start, now: number): void {
    const slowGapMs = this.#outage?.slowGapMs;
    if (this.#slowedAt === undefined) {
      const past = now - (this.#firstStart ?? now);
      this.#burst = this.answers;
      const telling = this.answers - uncountedAnswers;
      this.#gapMs = telling > 0 ? Math.min(firstGapMs, (2 * past) / telling) : firstGapMs;
      this.#known = telling > 0;
    } else if (slowGapMs !== undefined) {
      // It was no outage, or not only: the host has become slower. How much so is searched for again.
      this.#gapMs = slowGapMs;
      this.#outage = undefined;
      this.#known = false;
      this.#measured = false;
    } else if (start.before === 0) {
      // Nothing for so long: the host needs longer than that for one. The time is counted on from where it began.
      const silentMs = now - this.#countsFrom;
      if (this.#known) this.#outage ??= { gapMs: this.#gapMs };
      const most = this.#outage ? Math.max(this.#gapMs, outageGapMs, silentMs / outageParts) : longestGapMs;
      this.#gapMs = Math.min(longestGapMs, most, Math.max(mostSlowing * this.#gapMs, 2 * silentMs));
    } else {
      const saved = Math.min(this.#uncounted, start.before / 2);
      const measuredMs = (slowing * (start.at - this.#countsFrom)) / (start.before - saved);
      // A few answers measure badly, so that the gap never changes by much at once.
      const nextMs = Math.max(slowing * this.#gapMs, Math.min(mostSlowing * this.#gapMs, measuredMs));
      this.#gapMs = Math.min(longestGapMs, nextMs);
      this.#measured ||= this.#counted >= measuredFrom;
      this.#known ||= this.#measured;
    }
    if (this.#slowedAt === undefined || start.before > 0) {
      this.#countsFrom = now;
      this.#counted = 0;
      this.#uncounted = 0;
    }
    this.#started = 0;
    this.#slowedAt = now;
    this.#notBefore = Math.max(this.#notBefore, now + this.#gapMs);
  }

  #park(now: number, afterMs: number | undefined): void {
    if (afterMs === undefined || now + afterMs <= this.#notBefore) return;
    this.#slowedAt = now;
    this.#notBefore = now + afterMs;
    this.#countsFrom = this.#notBefore;
    this.#counted = 0;
    this.#started = 0;
    this.#uncounted = this.#burst;
  }

  #allowMore(): void {
    const isProven = this.#atOnce + 1 <= this.#provenAtOnce;
    if (!isProven && this.#answersSinceCrowded < this.#patience) return;
    this.#atOnce += 1;
  }

  #allowLess(active: number, isNew: boolean): void {
    this.#atOnce = Math.max(1, Math.min(this.#atOnce, Math.max(active, this.#provenAtOnce)));
    this.#answersSinceCrowded = 0;
    if (isNew) this.#patience = Math.min(mostPatience, 2 * this.#patience);
  }
}
