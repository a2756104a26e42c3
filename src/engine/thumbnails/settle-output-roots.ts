import { readdirSync } from 'node:fs';
import type { Originals } from './originals.ts';
import type { OutputFolders } from './output-folders.ts';
import type { OutputRoot } from './roots/output-root.ts';

/**
 * A folder that a person names as the output folder is not walked, whatever is in it. But if a symlink leads to
 * originals, the folder counts as theirs: it is walked, and nothing is written there.
 */
export async function settleOutputRoots(
  roots: readonly OutputRoot[],
  folders: OutputFolders,
  originals: Originals,
): Promise<Readonly<Record<'refused' | 'notWalked', readonly OutputRoot[]>>> {
  const doubtful = roots.filter((root) => mayHoldOriginals(root, folders));
  const taken = await originals.among(doubtful.map(({ real }) => real));
  const isRefused = (root: OutputRoot) => doubtful.includes(root) && taken.has(root.real);
  return { refused: roots.filter(isRefused), notWalked: roots.filter((root) => !isRefused(root)) };
}

function mayHoldOriginals(root: OutputRoot, folders: OutputFolders): boolean {
  if (!root.linked || folders.isKnown(root, root.path, root.real)) return false;
  try {
    return readdirSync(root.real).length > 0;
  } catch {
    return false;
  }
}
