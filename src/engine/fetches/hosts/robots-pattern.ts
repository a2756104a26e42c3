/** What may be spent on judging one URL. A step is a character that is looked at, or a rule. */
export class Steps {
  left: number;

  constructor(most: number) {
    this.left = most;
  }

  /** @returns whether there was as much left. */
  spend(count: number): boolean {
    this.left -= count;
    return this.left >= 0;
  }
}

/** Percent-encoded or not, these mean the same (RFC 9309, 2.2.2). Not `*` and `$`, which are signs in a rule. */
const alike = /[A-Za-z0-9\-._~!&'()+,/:;=?@[\]]/;
/** What is written otherwise than it stands, or may have to be. */
const special = /%[0-9A-Fa-f]{2}|[*$]|[^A-Za-z0-9\-._~!&'()+,/:;=?@[\]%]/gu;

/**
 * Writes a path, with its query, as it is compared: what may be percent-encoded or not is written in one way. `*` and
 * `$` stay signs in a rule; a URL has none, so there they are encoded, as a rule that means them has to.
 */
export function normalised(path: string, isRule: boolean): string {
  return path.toWellFormed().replace(special, (part) => {
    if (part.length === 3 && part.startsWith('%')) {
      const character = String.fromCharCode(Number.parseInt(part.slice(1), 16));
      return alike.test(character) ? character : part.toUpperCase();
    }
    return isRule && (part === '*' || part === '$') ? part : percentEncoded(part);
  });
}

/** Also what encodeURIComponent leaves as it is. */
function percentEncoded(character: string): string {
  return Buffer.from(character).toString('hex').toUpperCase().replace(/../g, '%$&');
}

/** A path as a rule names it: `*` stands for anything, a `$` at the end for the end. */
export class RobotsPattern {
  /** Of several that match, the one with most octets counts (RFC 9309, 2.2.2). */
  readonly octets: number;
  /** Without `$`; where there is none, anything may follow. */
  readonly #text: string;
  readonly #toTheEnd: boolean;
  readonly #hasWildcard: boolean;

  /** @param path as it stands in the rule. */
  constructor(path: string) {
    // Several in a row mean no more than one.
    const text = normalised(path, true).replace(/\*{2,}/g, '*');
    this.octets = text.length;
    this.#toTheEnd = text.endsWith('$');
    const end = this.#toTheEnd ? text.slice(0, -1) : text.replace(/\*$/, '');
    // Elsewhere it means itself. A copy: a piece of a text would keep all of the text in memory.
    this.#text = Buffer.from(end.replaceAll('$', '%24'), 'latin1').toString('latin1');
    this.#hasWildcard = this.#text.includes('*');
  }

  /** How much memory it takes, roughly, in bytes. */
  get size(): number {
    return this.#text.length + 100;
  }

  /** @param path normalised. @returns `undefined` where that would take more steps than are left. */
  matches(path: string, steps: Steps): boolean | undefined {
    if (!steps.spend(1)) return undefined;
    if (this.#hasWildcard) return this.#matchesWildcards(path, steps);
    return this.#toTheEnd ? path === this.#text : path.startsWith(this.#text);
  }

  /**
   * Takes the shortest that each `*` can stand for, and makes only the last one longer: what stands before it has
   * matched as early as it can. No more than the product of both lengths.
   */
  #matchesWildcards(path: string, steps: Steps): boolean | undefined {
    const text = this.#text;
    let inText = 0;
    let inPath = 0;
    let afterStar = -1;
    let starUntil = 0;
    while (inPath < path.length || inText < text.length) {
      if (!steps.spend(1)) return undefined;
      if (inText === text.length && !this.#toTheEnd) return true;
      if (text[inText] === '*') {
        inText += 1;
        afterStar = inText;
        starUntil = inPath;
      } else if (inPath < path.length && text[inText] === path[inPath]) {
        inText += 1;
        inPath += 1;
      } else {
        // What is left of the path is too short already, and a longer `*` would leave less.
        if (afterStar === -1 || inPath === path.length) return false;
        starUntil += 1;
        inPath = starUntil;
        inText = afterStar;
      }
    }
    return true;
  }
}
