import { SeenSet } from '../files/seen-set.ts';
import { asJpeg, distinctName } from './file-name.ts';
import { foldedName, NameClaims } from './name-claims.ts';

export interface UrlNameRules {
  /** Further files that a file of this name leads to, such as its thumbnails. */
  readonly leadsTo?: (name: string) => readonly string[];
  /** Whether nothing of another URL, or of a person's own, is where a file of this name leads. */
  readonly isFree?: (name: string, url: string) => boolean;
}

/**
 * Hands out the names of fetched files in the order of the list: a name that an earlier URL has gets this URL's hash
 * into it. The same list so gives the same names every time.
 */
export class UrlNames {
  readonly #rules: UrlNameRules;
  readonly #claims = new NameClaims(new SeenSet());

  constructor(rules: UrlNameRules = {}) {
    this.#rules = rules;
  }

  claim(name: string, url: string): string {
    return this.#claims.claim(this.#candidates(name, url), (candidate) => this.#takenBy(candidate));
  }

  *#candidates(name: string, url: string): Generator<string, void> {
    const { isFree } = this.#rules;
    if (isFree?.(asJpeg(name), url) ?? true) yield name;
    yield distinctName(name, url);
    yield distinctName(name, url, 16);
  }

  /** A name without an extension is taken with the one that a photograph will give it. */
  #takenBy(name: string): string[] {
    const own = asJpeg(name);
    const led = this.#rules.leadsTo?.(own) ?? [];
    return [own, ...led.map((file) => `>${file}`)].map(foldedName);
  }
}
