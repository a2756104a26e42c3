import { dirname, join, resolve } from 'node:path';
import { type Failure, UsageError } from '../../../shared/failure.ts';
import type { ThumbnailRequest } from '../../../shared/requests.ts';
import { thumbnailFolder } from '../../../shared/settings/choices.ts';
import { notUtf8 } from '../../files/system-error.ts';
import { NameClaims } from '../../names/name-claims.ts';
import { FilesBefore, type PlannedThumbnail } from '../../names/plan-thumbnails.ts';
import type { NamedPictures } from '../facts/named-pictures.ts';
import type { OutputRoot } from '../roots/output-root.ts';
import { look, outputRootFor } from '../roots/thumbnail-roots.ts';
import { contentsOf } from '../walk/content-of-file.ts';
import type { ListedPath, ListedPaths } from './listed-paths.ts';

/** Some images of a list whose thumbnails go into one folder. */
export interface PlannedOfList {
  /** All of them, in pieces: also those that failed, whose names are kept for when they are there again. */
  readonly pieces: AsyncIterable<Iterable<PlannedThumbnail>>;
  /** Absent if nothing is planned. */
  readonly output?: OutputRoot | undefined;
  /** By their paths. */
  readonly failed: ReadonlyMap<string, Failure>;
  /** Whether nothing was planned for this folder before. */
  readonly isFirst: boolean;
}

/** Plans the images of a list, some at a time, like images that are given by arguments. */
export async function* planListed(
  listed: ListedPaths,
  { outputFolder }: ThumbnailRequest,
  pictures: NamedPictures,
): AsyncGenerator<PlannedOfList, void> {
  const roots = new OutputRoots(outputFolder === undefined ? undefined : resolve(outputFolder));
  let before = new FilesBefore();
  for (const { isFirst, paths } of listed.pieces()) {
    if (isFirst) before = new FilesBefore(new NameClaims(listed.namesOfFolder()));
    const failed = new Map<string, Failure>();
    let output: OutputRoot | undefined;
    for (const each of paths) {
      const found = faultOf(each) ?? roots.of(dirname(each.path));
      if ('code' in found) failed.set(each.path, found);
      else output = found;
    }
    const files = paths.map(({ path }) => path);
    const contents = await contentsOf(files);
    const pieces = pictures.ofFiles({ files, outputFolder: output?.path ?? '', contents, before });
    yield { pieces, output, failed, isFirst };
  }
}

function faultOf({ path, kind }: ListedPath): Failure | undefined {
  if (kind === 'file') return undefined;
  if (kind === 'not-utf8') return notUtf8(path);
  // It may have come meanwhile.
  const looked = look(path);
  return 'error' in looked ? looked.error : undefined;
}

/** Where the outputs of each folder's files go, looked up once for files that follow each other. */
class OutputRoots {
  readonly #target: string | undefined;
  #last: { readonly folder: string; readonly found: OutputRoot | Failure } | undefined;
  #named: OutputRoot | undefined;

  constructor(target: string | undefined) {
    this.#target = target;
  }

  of(folder: string): OutputRoot | Failure {
    if (this.#last?.folder !== folder) this.#last = { folder, found: this.#find(folder) };
    return this.#last.found;
  }

  #find(folder: string): OutputRoot | Failure {
    try {
      const root = outputRootFor(folder, this.#target ?? join(folder, thumbnailFolder), this.#target);
      if (this.#target === undefined) return root;
      // One and the same for all files, as what is known of it is kept by it.
      this.#named ??= root;
      return this.#named;
    } catch (error) {
      if (error instanceof UsageError) return { code: 'OUTPUT_IS_INPUT', message: error.message };
      throw error;
    }
  }
}
