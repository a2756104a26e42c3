import { UsageError } from '../../../shared/failure.ts';
import type { FetchRequest, ThumbnailRequest } from '../../../shared/requests.ts';
import type { Summary } from '../../../shared/result.ts';
import { asksForSets } from '../../../shared/settings/set-kinds.ts';
import type { RunContext } from '../../run/run-options.ts';
import { inScratchFolder } from '../../run/scratch-folder.ts';
import { isS3Address } from '../places/s3-address.ts';
import { storedImages } from './folders-of-storage.ts';
import { imagesFromStorage } from './images-from-storage.ts';
import { listsFromStorage } from './lists-from-storage.ts';
import { runToStorage } from './run-to-storage.ts';

/** A run on this machine's files alone. */
export type LocalRun<Request> = (request: Request, options: RunContext) => Promise<Summary>;

/** A run that reads from an object storage, or writes to one, as a run on local files with copies before and behind it. */
export async function runWithStorage(
  request: FetchRequest | ThumbnailRequest,
  options: RunContext,
  run: LocalRun<FetchRequest | ThumbnailRequest>,
): Promise<Summary> {
  if (asksForSets(request)) {
    throw new UsageError(
      'A set is of files on this machine, not of images or thumbnails in an object storage.',
    );
  }
  return inScratchFolder(async (folder) => {
    if (request.kind === 'fetch') {
      const local = await listsFromStorage(request, folder);
      return isStored(local) && local.recipe.dataset === 'off'
        ? runToStorage(local, options, folder, run)
        : run(local, options);
    }
    const url = storedImages(request);
    const made: LocalRun<ThumbnailRequest> =
      url === undefined ? run : (each, theirs) => imagesFromStorage(url, each, theirs, folder, run);
    return isStored(request) ? runToStorage(request, options, folder, made) : made(request, options);
  });
}

function isStored<Request extends { readonly outputFolder?: string | undefined }>(
  request: Request,
): request is Request & { readonly outputFolder: string } {
  return request.outputFolder !== undefined && isS3Address(request.outputFolder);
}
