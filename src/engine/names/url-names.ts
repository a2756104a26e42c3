import { SeenSet } from '../files/seen-set.ts';
import { asJpeg, distinctName } from './file-name.ts';
import { foldedName, NameClaims } from './name-claims.ts';

export interface UrlNameRules {
  /** The names of further files that a file of this name leads to, such as its thumbnails. */
  readonly leadsTo?: (name: string) => readonly string[];
  /** Whether the places that a file of this name leads to hold nothing of another URL or of a person's own. */
  readonly isFree?: (name: string, url: string) => boolean;
}

/**
 * Names the fetched files in the order of the list: if an earlier URL has the name, this URL's hash is added. So the
 * same list gives the same names every time.
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

  /** The names to reserve for a file of this name, if it is free. */
  keysOf(name: string): string[] {
    return this.#takenBy(name);
  }

  *#candidates(name: string, url: string): Generator<string, void> {
    const { isFree } = this.#rules;
    if (isFree?.(asJpeg(name), url) ?? true) yield name;
    yield distinctName(name, url);
    yield distinctName(name, url, 16);
  }

  /** The names to reserve. A name without an extension also reserves the one that a photograph would get. */
  #takenBy(name: string): string[] {
    const own = asJpeg(name);
    const led = this.#rules.leadsTo?.(own) ?? [];
    return [own, ...led.map((file) => `>${file}`)].map(foldedName);
  }
}
