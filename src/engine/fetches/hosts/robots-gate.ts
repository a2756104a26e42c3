import type { ErrorCode } from '../../../shared/failure.ts';
import type { TextAttempt, TextPayload } from '../protocol/protocol.ts';
import { remember } from '../protocol/remember.ts';
import { RobotsRules } from './robots-rules.ts';

/** The most hosts whose rules are kept; their size in bytes is limited as well. */
const maxHosts = 10_000;
const maxRulesBytes = 64 * 1024 * 1024;
/** The longest gap between requests that a site can ask for, in seconds. */
const maxGapSeconds = 60;
/**
 * For this time, rules that could not be read are not asked for again. Shorter than an item's wait for its next try.
 */
const failureMemoryMs = 250;

/** The site redirects its robots.txt to a place that cannot be reached: it has none (RFC 9309, 2.3.1.2 and 2.3.1.3). */
const unavailable: ReadonlySet<ErrorCode> = new Set([
  'TOO_MANY_REDIRECTS',
  'REDIRECT_LOOP',
  'BAD_REDIRECT',
  'UNSUPPORTED_SCHEME',
]);

type Failed = Extract<TextAttempt, { kind: 'failed' }>;

/** `failed`: the site's rules cannot be read; until they can, no request may be made there (RFC 9309, 2.3.1.4). */
export type Verdict = Failed | { readonly kind: 'allowed' | 'forbidden' | 'cancelled' };

/** How the run came to the URL that is judged. */
export type Way = Pick<TextPayload, 'guarded' | 'foreign'>;

export type FetchText = (payload: TextPayload) => Promise<TextAttempt | { readonly kind: 'cancelled' }>;

interface Failure {
  readonly until: number;
  readonly answer: Failed;
}

/** The robots.txt files of the sites (RFC 9309). Each is fetched once per origin, before the origin's first item. */
export class RobotsGate {
  readonly #fetchText: FetchText;
  readonly #robot: string;
  /** By origin. */
  readonly #rules = new Map<string, RobotsRules>();
  #memory = 0;
  readonly #asking = new Map<string, ReturnType<FetchText>>();
  readonly #failures = new Map<string, Failure>();
  readonly #gaps = new Map<string, number>();

  /** @param robot the first word of the User-Agent, which is the name that robots.txt files use. */
  constructor(robot: string, fetchText: FetchText) {
    this.#robot = robot;
    this.#fetchText = fetchText;
  }

  /** Whether the host's rules are known already. */
  knows(host: string): boolean {
    return this.#gaps.has(host);
  }

  /** The gap between two requests that the host asks for, in milliseconds. */
  gapOf(host: string): number {
    return this.#gaps.get(host) ?? 0;
  }

  async judge(href: string, way: Way): Promise<Verdict> {
    const url = new URL(href);
    let rules = this.#rules.get(url.origin);
    if (!rules) {
      const answer = await this.#ask(url.origin, way);
      rules = this.#rulesOf(answer);
      if (!rules) return answer as Exclude<typeof answer, { kind: 'text' | 'redirected' }>;
      this.#remember(url.origin, rules);
    }
    remember(this.#gaps, url.host, Math.min(maxGapSeconds, rules.crawlDelay) * 1_000, maxHosts);
    return { kind: rules.allows(url) ? 'allowed' : 'forbidden' };
  }

  /** Makes one request for all callers that want to know at the same time. */
  #ask(origin: string, way: Way): ReturnType<FetchText> {
    // A guarded request may fail where an unguarded one does not.
    const key = way.guarded ? `guarded ${origin}` : origin;
    const failure = this.#failures.get(key);
    if (failure && failure.until > performance.now()) return Promise.resolve(failure.answer);
    let asking = this.#asking.get(key);
    if (!asking) {
      asking = this.#fetchText({ text: `${origin}/robots.txt`, ...way }).finally(() =>
        this.#asking.delete(key),
      );
      this.#asking.set(key, asking);
      void asking.then((answer) => {
        if (answer.kind !== 'failed') return;
        remember(this.#failures, key, { until: performance.now() + failureMemoryMs, answer }, maxHosts);
      });
    }
    return asking;
  }

  #rulesOf(answer: Awaited<ReturnType<FetchText>>): RobotsRules | undefined {
    if (answer.kind === 'failed') return unavailable.has(answer.error.code) ? RobotsRules.none : undefined;
    if (answer.kind === 'cancelled' || answer.kind === 'redirected') return undefined;
    const isThere = answer.status >= 200 && answer.status <= 299;
    return isThere ? RobotsRules.parse(answer.text, this.#robot) : RobotsRules.none;
  }

  #remember(origin: string, rules: RobotsRules): void {
    this.#memory += rules.size - (this.#rules.get(origin)?.size ?? 0);
    this.#rules.set(origin, rules);
    for (const [oldest, { size }] of this.#rules) {
      if (this.#rules.size <= maxHosts && this.#memory <= maxRulesBytes) return;
      this.#rules.delete(oldest);
      this.#memory -= size;
    }
  }
}
