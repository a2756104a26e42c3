import { normalised, RobotsPattern, Steps } from './robots-pattern.ts';

/**
 * Steps that judging one URL may take: some milliseconds. The longest robots.txt of real sites take a hundredth of it
 * for a URL of usual length; what takes more counts as forbidden, as that cannot go wrong.
 */
const mostSteps = 1_000_000;

interface Rule {
  readonly allows: boolean;
  readonly pattern: RobotsPattern;
}

/** What one robots.txt says to one robot (RFC 9309). */
export class RobotsRules {
  /** What the robot is asked to wait between two requests, in seconds. */
  readonly crawlDelay: number;
  /** How much memory they take, roughly, in bytes. */
  readonly size: number;
  /** The first that matches counts. */
  readonly #rules: readonly Rule[];

  private constructor(rules: readonly Rule[], crawlDelay: number) {
    this.#rules = rules.toSorted(
      (a, b) => b.pattern.octets - a.pattern.octets || Number(b.allows) - Number(a.allows),
    );
    this.crawlDelay = crawlDelay;
    this.size = rules.reduce((sum, { pattern }) => sum + pattern.size, 200);
  }

  /** Of a site that says nothing. */
  static readonly none = new RobotsRules([], 0);

  /** @param robot the robot's name; what is said to it by name counts instead of what is said to all. */
  static parse(text: string, robot: string): RobotsRules {
    const own = new Group();
    const all = new Group();
    /** To whom the rules are said that come next. */
    const addressed = new Set<Group>();
    let named = false;
    let naming = false;
    for (const [key, value] of fieldsOf(text)) {
      if (key === 'user-agent') {
        if (!naming) addressed.clear();
        naming = true;
        const name = /^[^\s/]*/.exec(value)?.[0].toLowerCase();
        if (name === robot.toLowerCase()) {
          named = true;
          addressed.add(own);
        } else if (name === '*') addressed.add(all);
        continue;
      }
      // Others, such as sitemaps, belong to no group and end none.
      if (key !== 'allow' && key !== 'disallow' && key !== 'crawl-delay') continue;
      naming = false;
      for (const group of addressed) group.add(key, value);
    }
    const { rules, crawlDelay } = named ? own : all;
    return new RobotsRules([...rules.values()], crawlDelay);
  }

  allows({ pathname, search }: URL, steps = new Steps(mostSteps)): boolean {
    if (this.#rules.length === 0 || pathname === '/robots.txt') return true;
    const path = normalised(pathname + search, false);
    for (const { allows, pattern } of this.#rules) {
      const matches = pattern.matches(path, steps);
      if (matches === undefined) return false;
      if (matches) return allows;
    }
    return true;
  }
}

/** All that is said to one robot, wherever in the text it stands. */
class Group {
  crawlDelay = 0;
  /** By what they say, so that saying it a thousand times costs no more than once. */
  readonly rules = new Map<string, Rule>();

  add(key: 'allow' | 'disallow' | 'crawl-delay', value: string): void {
    if (key === 'crawl-delay') {
      const seconds = Number(value);
      if (value !== '' && seconds > this.crawlDelay) this.crawlDelay = seconds;
      return;
    }
    // An empty one forbids nothing; what begins otherwise is the beginning of no path.
    if (!/^[/*]/.test(value)) return;
    const said = `${key} ${value}`;
    if (!this.rules.has(said)) {
      this.rules.set(said, { allows: key === 'allow', pattern: new RobotsPattern(value) });
    }
  }
}

/** The lines of the form `key: value`, without comments. */
function* fieldsOf(text: string): Generator<readonly [key: string, value: string], void> {
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n?|\n/)) {
    const comment = line.indexOf('#');
    const said = comment === -1 ? line : line.slice(0, comment);
    const colon = said.indexOf(':');
    if (colon !== -1) yield [said.slice(0, colon).trim().toLowerCase(), said.slice(colon + 1).trim()];
  }
}
