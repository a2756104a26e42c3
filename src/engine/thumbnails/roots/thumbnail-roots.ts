import { statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type Failure, UsageError } from '../../../shared/failure.ts';
import type { ThumbnailRequest } from '../../../shared/requests.ts';
import { thumbnailFolder } from '../../../shared/settings/choices.ts';
import { areSame } from '../../files/file-identity.ts';
import { notAFile } from '../../files/open-input.ts';
import { realPath } from '../../files/real-path.ts';
import { failureOfSystemError, notUtf8 } from '../../files/system-error.ts';
import { type OutputRoot, outputRoot } from './output-root.ts';

/** A given path, once it is known what it is. */
export type Root =
  | { readonly kind: 'folder'; readonly path: string; readonly output: OutputRoot }
  | { readonly kind: 'file'; readonly path: string; readonly output: OutputRoot }
  /** Neither a folder nor a file. It is not opened to find out more. */
  | { readonly kind: 'other'; readonly path: string; readonly error: Failure }
  | { readonly kind: 'missing'; readonly path: string; readonly error: Failure };

/** A folder that was walked: whether all of it could be read, and whether it has no images. */
export interface WalkedRoot {
  readonly root: Extract<Root, { kind: 'folder' }>;
  readonly isWhole: boolean;
  readonly isEmpty: boolean;
}

/**
 * Looks at each given path and decides where its outputs go. A folder that shares its output folder with other paths
 * gets a subfolder there, named after it.
 * @param together whether all outputs go to one folder nevertheless: their names say in which folders of it.
 * @throws UsageError if none of the paths exists, or if outputs would be written onto their inputs.
 */
export function resolveRoots({ paths, outputFolder, list }: ThumbnailRequest, together = false): Root[] {
  const target = outputFolder === undefined ? undefined : resolve(outputFolder);
  const looked = [...new Set(paths.map((path) => resolve(path)))].map(look);
  if (!list && looked.every(({ kind }) => kind === 'missing')) {
    const reasons = looked.map((root) => (root.kind === 'missing' ? root.error.message : ''));
    throw new UsageError(reasons);
  }
  // Those of a list are beside them.
  const shared =
    list !== undefined || looked.filter(({ kind }) => kind !== 'missing' && kind !== 'other').length > 1;
  const taken = new Set<string>();
  const outputs = new Map<string, OutputRoot>();
  return looked.map((root) => {
    if (root.kind === 'missing' || root.kind === 'other') return root;
    const folder = root.kind === 'folder' ? root.path : dirname(root.path);
    let output = target ?? join(folder, thumbnailFolder);
    if (target && shared && root.kind === 'folder' && !together) {
      output = join(target, distinct(basename(root.path) || 'root', taken));
    }
    // For a thousand files in one folder, the folder is looked at only once.
    const key = `${folder}\0${output}`;
    const known = outputs.get(key) ?? outputRootFor(folder, output, target);
    outputs.set(key, known);
    return { ...root, output: known };
  });
}

/** Where the outputs of a folder's files go. @throws UsageError if that is the folder itself. */
export function outputRootFor(folder: string, output: string, target: string | undefined): OutputRoot {
  if (realPath(output) === realPath(folder) || areSame(output, folder)) {
    throw new UsageError(`The output folder ${output} holds the originals: choose another one.`, {
      setting: 'outputFolder',
    });
  }
  return outputRoot(output, target);
}

type Looked =
  | { readonly kind: 'folder' | 'file'; readonly path: string }
  | { readonly kind: 'other' | 'missing'; readonly path: string; readonly error: Failure };

/** Finds out what is there. */
export function look(path: string): Looked {
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) return { kind: 'folder', path };
    return stat.isFile()
      ? { kind: 'file', path }
      : { kind: 'other', path, error: notAFile(path).toFailure() };
  } catch (error) {
    const failure = failureOfSystemError(error, path, 'read');
    // Node has replaced the bytes of an argument that are not UTF-8.
    const isSpoilt = failure.code === 'NOT_FOUND' && path.includes('\uFFFD');
    return { kind: 'missing', path, error: isSpoilt ? notUtf8(path) : failure };
  }
}

function distinct(name: string, taken: Set<string>): string {
  let candidate = name;
  for (let number = 2; taken.has(candidate.toLowerCase()); number += 1) candidate = `${name}-${number}`;
  taken.add(candidate.toLowerCase());
  return candidate;
}
