import { statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type Failure, UsageError } from '../../shared/failure.ts';
import type { ThumbnailRequest } from '../../shared/run-request.ts';
import { realPath } from '../files/real-path.ts';
import { failureOfSystemError } from '../files/system-error.ts';

/** The folder that thumbnails go to where none is named, inside the folder given. */
export const defaultOutputName = 'thumbs';

/** A path that a person gave, once it is known what is there. */
export type Root =
  | { readonly kind: 'folder'; readonly path: string; readonly outputFolder: string }
  | { readonly kind: 'file'; readonly path: string; readonly outputFolder: string }
  | { readonly kind: 'missing'; readonly path: string; readonly error: Failure };

/**
 * Looks at each path given and decides where its outputs go. A folder that shares its output folder
 * with other paths gets a subfolder there, named after it.
 * @throws UsageError when none of the paths is there, or the outputs would land on their inputs.
 */
export function resolveRoots({ paths, outputFolder }: ThumbnailRequest): Root[] {
  const target = outputFolder === undefined ? undefined : resolve(outputFolder);
  const looked = [...new Set(paths.map((path) => resolve(path)))].map(look);
  if (looked.every(({ kind }) => kind === 'missing')) {
    const reasons = looked.map((root) => (root.kind === 'missing' ? root.error.message : ''));
    throw new UsageError(reasons);
  }
  const shared = looked.filter(({ kind }) => kind !== 'missing').length > 1;
  const taken = new Set<string>();
  return looked.map((root) => {
    if (root.kind === 'missing') return root;
    const folder = root.kind === 'folder' ? root.path : dirname(root.path);
    let output = target ?? join(folder, defaultOutputName);
    if (target && shared && root.kind === 'folder') {
      output = join(target, distinct(basename(root.path) || 'root', taken));
    }
    if (realPath(output) === realPath(folder)) {
      throw new UsageError(`The output folder ${output} holds the originals: choose another one with --out.`);
    }
    return { ...root, outputFolder: output };
  });
}

function look(
  path: string,
): { kind: 'folder' | 'file'; path: string } | { kind: 'missing'; path: string; error: Failure } {
  try {
    return { kind: statSync(path).isDirectory() ? 'folder' : 'file', path };
  } catch (error) {
    return { kind: 'missing', path, error: failureOfSystemError(error, path, 'read') };
  }
}

function distinct(name: string, taken: Set<string>): string {
  let candidate = name;
  for (let number = 2; taken.has(candidate.toLowerCase()); number += 1) candidate = `${name}-${number}`;
  taken.add(candidate.toLowerCase());
  return candidate;
}
