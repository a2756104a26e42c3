/** A budget for judging one URL. A step is a character looked at, or a rule. */
export class Steps {
  left: number;

  constructor(most: number) {
    this.left = most;
  }

  /** @returns whether that many steps were left. */
  spend(count: number): boolean {
    this.left -= count;
    return this.left >= 0;
  }
}

/**
 * Characters that mean the same whether percent-encoded or not (RFC 9309, 2.2.2). Without the operators `*` and `$`.
 */
const alike = /[A-Za-z0-9\-._~!&'()+,/:;=?@[\]]/;
/** Everything that normalising may have to rewrite. */
const special = /%[0-9A-Fa-f]{2}|[*$]|[^A-Za-z0-9\-._~!&'()+,/:;=?@[\]%]/gu;

/**
 * Normalises a path with its query for comparison: characters that may be percent-encoded or not are written in one
 * way. `*` and `$` remain operators in a rule. In a URL they stand for themselves and are encoded, as in a rule that
 * means the characters.
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

/** Percent-encodes a character, even one that encodeURIComponent leaves unchanged. */
function percentEncoded(character: string): string {
  return Buffer.from(character).toString('hex').toUpperCase().replace(/../g, '%$&');
}

/** The path of a rule: `*` stands for any characters, a `$` at the end for the end of the URL. */
export class RobotsPattern {
  /** The pattern's length: of several matching rules, the one with the most octets counts (RFC 9309, 2.2.2). */
  readonly octets: number;
  /** Without the final `$`; without one, anything may follow. */
  readonly #text: string;
  readonly #toTheEnd: boolean;
  readonly #hasWildcard: boolean;

  /** @param path the path as written in the rule. */
  constructor(path: string) {
    // Several `*` in a row mean the same as one.
    const text = normalised(path, true).replace(/\*{2,}/g, '*');
    this.octets = text.length;
    this.#toTheEnd = text.endsWith('$');
    const end = this.#toTheEnd ? text.slice(0, -1) : text.replace(/\*$/, '');
    // A `$` elsewhere stands for itself. Copied, because a substring would keep the whole text in memory.
    this.#text = Buffer.from(end.replaceAll('$', '%24'), 'latin1').toString('latin1');
    this.#hasWildcard = this.#text.includes('*');
  }

  /** A rough estimate of the memory it takes, in bytes. */
  get size(): number {
    return this.#text.length + 100;
  }

  /** @param path normalised. @returns `undefined` if matching would take more steps than are left. */
  matches(path: string, steps: Steps): boolean | undefined {
    if (!steps.spend(1)) return undefined;
    if (this.#hasWildcard) return this.#matchesWildcards(path, steps);
    return this.#toTheEnd ? path === this.#text : path.startsWith(this.#text);
  }

  /**
   * Gives each `*` its shortest match and lengthens only the last one: the text before it has matched as early as
   * possible. Takes at most as many steps as the product of both lengths.
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
        // The rest of the path is too short already, and a longer match for `*` would leave even less.
        if (afterStar === -1 || inPath === path.length) return false;
        starUntil += 1;
        inPath = starUntil;
        inText = afterStar;
      }
    }
    return true;
  }
}
