import robotsParser, { type Robot } from 'robots-parser';
import type { TextAttempt } from '../tasks/fetch/protocol.ts';

/** The package's types call its function `default`; as CommonJS it is the module itself. */
const parseRobots = robotsParser as unknown as typeof robotsParser.default;

/** Rules of this many hosts are kept. */
const mostHosts = 10_000;
/** A site cannot ask for longer gaps than this, in seconds. */
const longestGap = 60;

interface Rules {
  readonly allows: (url: string) => boolean;
  readonly gapMs: number;
}

const everything: Rules = { allows: () => true, gapMs: 0 };
const nothing: Rules = { allows: () => false, gapMs: 0 };

/** The sites' robots.txt (RFC 9309): fetched once an origin, before its first item. */
export class RobotsGate {
  readonly #fetchText: (url: string) => Promise<TextAttempt>;
  readonly #agent: string;
  readonly #origins = new Map<string, Promise<Rules>>();
  readonly #gaps = new Map<string, number>();

  /** @param agent the first word of the User-Agent, as robots.txt names robots. */
  constructor(agent: string, fetchText: (url: string) => Promise<TextAttempt>) {
    this.#agent = agent;
    this.#fetchText = fetchText;
  }

  /** Whether the host's rules are known by now. */
  knows(host: string): boolean {
    return this.#gaps.has(host);
  }

  /** The gap that the host asks for between two requests, in milliseconds. */
  gapOf(host: string): number {
    return this.#gaps.get(host) ?? 0;
  }

  async allows(url: string): Promise<boolean> {
    const { origin, host } = new URL(url);
    let rules = this.#origins.get(origin);
    if (!rules) {
      rules = this.#fetch(origin);
      remember(this.#origins, origin, rules);
    }
    const { allows, gapMs } = await rules;
    remember(this.#gaps, host, gapMs);
    return allows(url);
  }

  async #fetch(origin: string): Promise<Rules> {
    const url = `${origin}/robots.txt`;
    const answer = await this.#fetchText(url);
    // Nobody answers at all: the item itself will tell why, better than its robots.txt could.
    if (answer.kind === 'unreachable') return everything;
    if (answer.status >= 500) return nothing;
    if (answer.status >= 400) return everything;
    return rulesOf(parseRobots(url, answer.text), this.#agent);
  }
}

function rulesOf(robot: Robot, agent: string): Rules {
  return {
    allows: (url) => robot.isAllowed(url, agent) ?? true,
    gapMs: Math.min(longestGap, robot.getCrawlDelay(agent) ?? 0) * 1_000,
  };
}

/** The oldest go first: a Map keeps the order of insertion. */
function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.set(key, value);
  if (map.size <= mostHosts) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
