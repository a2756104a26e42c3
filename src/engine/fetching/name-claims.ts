import { distinctName } from '../plan/file-name.ts';
import { SeenSet } from './seen-set.ts';

/**
 * Hands out file names in the order of the list, each once: a name that an earlier URL has gets this URL's
 * hash into it. The same list so gives the same names every time.
 */
export class NameClaims {
  readonly #taken = new SeenSet();

  claim(name: string, url: string): string {
    const candidates = [name, distinctName(name, url), distinctName(name, url, 16)];
    const free = candidates.find((candidate) => this.#take(candidate));
    return free ?? distinctName(name, url, 16);
  }

  /** Compared without case: the folder may be on a file system that does not tell case apart. */
  #take(name: string): boolean {
    return this.#taken.add(name.normalize('NFC').toLowerCase());
  }
}
