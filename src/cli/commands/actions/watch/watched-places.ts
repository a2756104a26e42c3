import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { ThumbnailRequest } from '../../../../shared/requests.ts';

/** A folder that is watched. */
export interface WatchedPlace {
  readonly path: string;
  /** The request as far as it is about this folder. */
  readonly request: ThumbnailRequest;
  /** The files of it that were given, where it is not given itself. */
  readonly names?: ReadonlySet<string>;
}

/** The folders of a request, and those that its files are in. */
export function watchedPlaces(request: ThumbnailRequest): WatchedPlace[] {
  const paths = [...new Set(request.paths.map((path) => resolve(path)))];
  const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  const { files = [], folders = [] } = Object.groupBy(paths, (path) => (isFile(path) ? 'files' : 'folders'));
  return [
    ...folders.map((path) => ({ path, request: { ...request, paths: [path] } })),
    ...[...Map.groupBy(files, (path) => dirname(path))].map(([path, inside]) => ({
      path,
      request: { ...request, paths: [path], match: undefined, exclude: [] },
      names: new Set(inside.map((file) => basename(file))),
    })),
  ];
}
