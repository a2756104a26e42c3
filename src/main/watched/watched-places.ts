import { join, resolve } from 'node:path';
import { isWithin, realPath } from '../../engine/files/real-path.ts';
import { t } from '../../languages/translate.ts';
import { thumbnailFolder } from '../../shared/settings/choices.ts';
import { RequestProblem } from '../jobs/request-problem.ts';
import type { FolderJob } from './watched-entry.ts';

/** Where the images of a watched folder are, and where its results go, without symlinks. */
interface Places {
  readonly from: string;
  readonly to: string;
}

function placesOf({ request: { paths, outputFolder } }: FolderJob): Places {
  const from = resolve(paths[0] ?? '');
  return { from: realPath(from), to: realPath(resolve(outputFolder ?? join(from, thumbnailFolder))) };
}

/** Two settings for one folder and one place would undo each other's work. */
export function isSamePlace(one: FolderJob, other: FolderJob): boolean {
  const [{ from, to }, others] = [placesOf(one), placesOf(other)];
  return from === others.from && to === others.to;
}

/**
 * Looks whether a folder can be kept up to date beside the others, which nobody looks after.
 * @throws RequestProblem if they would replace each other's results, or feed each other without an end.
 */
export function assertFits(job: FolderJob, others: readonly FolderJob[]): void {
  const own = placesOf(job);
  const places = others.map(placesOf);
  const shared = places.find(({ to }) => to === own.to);
  if (shared) {
    throw new RequestProblem(
      'WATCHED_PLACE_TAKEN',
      t(
        'The results of {{folder}} go to the same place by themselves, and files of the same name would replace each other. Choose another output folder.',
        { folder: shared.from },
      ),
    );
  }
  if (isFedBy(own, own, places)) {
    throw new RequestProblem(
      'WATCHED_IN_A_CIRCLE',
      t(
        'What is made of this folder would come back into it by way of other watched folders, again and again. Choose another output folder.',
      ),
    );
  }
}

/** Whether what others make of the results of a first folder comes into this one. */
function isFedBy(fed: Places, first: Places, places: readonly Places[]): boolean {
  // A walk passes over results that lie below its folder.
  const next = places.filter(({ from }) => isWithin(from, first.to));
  const others = places.filter((each) => !next.includes(each));
  return next.some((each) => isWithin(fed.from, each.to) || isFedBy(fed, each, others));
}
