import { asJpeg, distinctName } from '../plan/file-name.ts';
import { SeenSet } from './seen-set.ts';

/**
 * Hands out file names in the order of the list, each once: a name that an earlier URL has gets this URL's
 * hash into it. The same list so gives the same names every time.
 */
export class NameClaims {
  readonly #taken = new SeenSet();

  claim(name: string, url: string): string {
    if (this.#take(name)) return name;
    const distinct = distinctName(name, url);
    if (this.#take(distinct)) return distinct;
    const more = distinctName(name, url, 16);
    this.#take(more);
    return more;
  }

  /**
   * Compared without case: the folder may be on a file system that does not tell case apart. A name without an extension
   * is taken with the one that a photograph will give it.
   */
  #take(name: string): boolean {
    return this.#taken.add(asJpeg(name).normalize('NFC').toLowerCase());
  }
}
