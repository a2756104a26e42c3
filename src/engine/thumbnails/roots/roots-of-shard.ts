import { basename } from 'node:path';
import type { ShardOfItems } from '../../run/run-options.ts';
import type { Root } from './thumbnail-roots.ts';

/**
 * Which images of the given paths belong to a shard. A folder's images are in one, by the folder's path below what was
 * given: machines may have that elsewhere. A path that is itself no folder counts by its name.
 */
export class RootsOfShard {
  readonly #shard: ShardOfItems | undefined;
  /** Of several paths given, each counts with its name: they may have the same folders. */
  readonly #isNamed: boolean;

  constructor(shard: ShardOfItems | undefined, roots: readonly Root[]) {
    this.#shard = shard;
    this.#isNamed = roots.length > 1;
  }

  /** @param below the path of a folder below the given one, with `/` as separator. */
  takesFrom(root: Root, below: string): boolean {
    const key = this.#isNamed ? `${basename(root.path)}/${below}` : below;
    // macOS may hand out names in another form than it was given.
    return this.#shard?.includes(key.normalize()) ?? true;
  }

  has({ path }: Pick<Root, 'path'>): boolean {
    return this.#shard?.includes(basename(path).normalize()) ?? true;
  }
}
