import { normalised, RobotsPattern, Steps } from './robots-pattern.ts';

/**
 * The most steps for judging one URL: a few milliseconds. The longest robots.txt files of real sites need a hundredth
 * of this for a URL of usual length. If more is needed the URL counts as forbidden, which is the safe side.
 */
const mostSteps = 1_000_000;

interface Rule {
  readonly allows: boolean;
  readonly pattern: RobotsPattern;
}

/** The rules of one robots.txt for one robot (RFC 9309). */
export class RobotsRules {
  /** The wait between two requests that the site asks for, in seconds. */
  readonly crawlDelay: number;
  /** A rough estimate of the memory they take, in bytes. */
  readonly size: number;
  /** In order of precedence: the first that matches counts. */
  readonly #rules: readonly Rule[];

  private constructor(rules: readonly Rule[], crawlDelay: number) {
    this.#rules = rules.toSorted(
      (a, b) => b.pattern.octets - a.pattern.octets || Number(b.allows) - Number(a.allows),
    );
    this.crawlDelay = crawlDelay;
    this.size = rules.reduce((sum, { pattern }) => sum + pattern.size, 200);
  }

  /** The rules of a site without a robots.txt. */
  static readonly none = new RobotsRules([], 0);

  /** @param robot the robot's name; a group for this name takes precedence over the group for all robots. */
  static parse(text: string, robot: string): RobotsRules {
    const own = new Group();
    const all = new Group();
    /** The groups that the following rules belong to. */
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
      // Other fields, such as sitemaps, belong to no group and end none.
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

/** All rules for one robot, wherever in the text they stand. */
class Group {
  crawlDelay = 0;
  /** By content, so that repeating a rule a thousand times costs no more than one. */
  readonly rules = new Map<string, Rule>();

  add(key: 'allow' | 'disallow' | 'crawl-delay', value: string): void {
    if (key === 'crawl-delay') {
      const seconds = Number(value);
      if (value !== '' && seconds > this.crawlDelay) this.crawlDelay = seconds;
      return;
    }
    // An empty value forbids nothing, and one that begins otherwise matches no path.
    if (!/^[/*]/.test(value)) return;
    const said = `${key} ${value}`;
    if (!this.rules.has(said)) {
      this.rules.set(said, { allows: key === 'allow', pattern: new RobotsPattern(value) });
    }
  }
}

/** The `key: value` lines, without comments. */
function* fieldsOf(text: string): Generator<readonly [key: string, value: string], void> {
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n?|\n/)) {
    const comment = line.indexOf('#');
    const said = comment === -1 ? line : line.slice(0, comment);
    const colon = said.indexOf(':');
    if (colon !== -1) yield [said.slice(0, colon).trim().toLowerCase(), said.slice(colon + 1).trim()];
  }
}
