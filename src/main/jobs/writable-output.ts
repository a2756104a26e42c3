import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { t } from '../../languages/translate.ts';
import { RequestProblem } from './request-problem.ts';
import type { ResolvedJob } from './resolved-job.ts';

/**
 * Looks whether a run could write to its output folder, or make it, before anything is said of its items.
 * @throws RequestProblem if it could not. Folders of thumbnails beside their images are left to the run: there are many.
 */
export function assertWritableOutput({ request }: ResolvedJob): void {
  if (request.kind === 'map' || request.outputFolder === undefined) return;
  assertWritableFolder(request.outputFolder);
}

/** @throws RequestProblem if nothing could be written to it, nor could it be made. */
export function assertWritableFolder(outputFolder: string): void {
  const found = nearest(outputFolder);
  if (found === undefined) return;
  const [path, isFolder] = found;
  const where = { folder: outputFolder, path };
  if (!isFolder) {
    throw problem(
      t(
        'Nothing can be written to {{folder}}: {{path}} is a file, not a folder. Choose another output folder.',
        where,
      ),
    );
  }
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw problem(
      t(
        'Nothing can be written to {{folder}}: {{path}} may not be written to. Choose another output folder.',
        where,
      ),
      error,
    );
  }
}

/** The lowest part of a path that is there, and whether it is a folder. */
function nearest(path: string): readonly [string, boolean] | undefined {
  for (let at = path; ; at = dirname(at)) {
    try {
      // A path that leads through a file is told as missing where `throwIfNoEntry` is off.
      const found = statSync(at, { throwIfNoEntry: false });
      if (found) return [at, found.isDirectory()];
    } catch {
      // What may not be looked into is judged by the folder above it.
    }
    if (dirname(at) === at) return undefined;
  }
}

function problem(message: string, cause?: unknown): RequestProblem {
  return new RequestProblem('OUTPUT_NOT_WRITABLE', message, { cause });
}
