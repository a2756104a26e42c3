import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { extractAll } from '@electron/asar';

/** What was packed, as the checks look at it. */
export interface Tree {
  /** The checkout. */
  readonly root: string;
  /** What a person has after installing: `shoal`, `resources/app.asar`. */
  readonly packed: string;
  /** The app out of its archive, with the files beside it: `package.json`, `out`, `node_modules`. */
  readonly extracted: string;
}

/** Looks at one thing, and throws an Error that says what is wrong. Where it lacks its program it says why it was skipped. */
export interface DistCheck {
  readonly name: string;
  run(tree: Tree): Promise<undefined | { readonly skipped: string }>;
}

export function extractTree(root: string, packed: string, extracted: string): Tree {
  rmSync(extracted, { recursive: true, force: true });
  extractAll(join(packed, 'resources/app.asar'), extracted);
  return { root, packed, extracted };
}
