import { SeenSet } from '../files/seen-set.ts';
import { asJpeg, distinctName } from './file-name.ts';

export interface NameRules {
  /** Further files that a file of this name leads to, such as its thumbnails. */
  readonly leadsTo?: (name: string) => readonly string[];
  /** Whether nothing of another URL, or of a person's own, is where a file of this name leads. */
  readonly isFree?: (name: string, url: string) => boolean;
}

/**
 * Hands out file names in the order of the list, each once: a name that an earlier URL has gets this URL's
 * hash into it. The same list so gives the same names every time.
 */
export class NameClaims {
  readonly #rules: NameRules;
  readonly #taken = new SeenSet();

  constructor(rules: NameRules = {}) {
    this.#rules = rules;
  }

  claim(name: string, url: string): string {
    const { isFree } = this.#rules;
    if ((isFree?.(asJpeg(name), url) ?? true) && this.#take(name)) return name;
    const distinct = distinctName(name, url);
    if (this.#take(distinct)) return distinct;
    const more = distinctName(name, url, 16);
    this.#take(more);
    return more;
  }

  /** A name without an extension is taken with the one that a photograph will give it. */
  #take(name: string): boolean {
    const own = asJpeg(name);
    const led = this.#rules.leadsTo?.(own);
    if (led === undefined) return this.#taken.add(folded(own));
    const all = [own, ...led.map((file) => `>${file}`)].map(folded);
    if (all.some((text) => this.#taken.has(text))) return false;
    for (const text of all) this.#taken.add(text);
    return true;
  }
}

/** Compared without case: the folder may be on a file system that does not tell case apart. */
function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
