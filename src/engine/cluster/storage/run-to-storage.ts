import { join } from 'node:path';
import { UsageError } from '../../../shared/failure.ts';
import type { FetchRequest, ThumbnailRequest } from '../../../shared/requests.ts';
import type { ItemResult, Summary } from '../../../shared/result.ts';
import type { LivePoolSize } from '../../pool/live-pool-size.ts';
import type { RunContext } from '../../run/run-options.ts';
import { Tally } from '../../run/tally.ts';
import { S3Place } from '../places/s3-place.ts';
import { Uploads } from './uploads.ts';

type Stored<Request> = Request & { readonly outputFolder: string };

/**
 * Runs into a folder that is emptied into an object storage. What is there with the same bytes is not sent again; what
 * others put there is not replaced.
 * @throws UsageError if the storage cannot be used.
 */
export async function runToStorage<Request extends FetchRequest | ThumbnailRequest>(
  request: Stored<Request>,
  options: RunContext,
  folder: string,
  run: (request: Request, options: RunContext) => Promise<Summary>,
): Promise<Summary> {
  if (request.kind === 'fetch' && request.recipe.dedupe !== 'off') {
    const message = 'An object storage has no links: each file is stored by itself.';
    throw new UsageError(message, { setting: 'dedupe' });
  }
  const place = await S3Place.open(request.outputFolder);
  const outputFolder = join(folder, 'outputs');
  const tally = new Tally();
  const tell = (result: ItemResult): void => {
    tally.add(result);
    options.onResult?.(result);
  };
  const uploads = new Uploads(place, outputFolder, (result) => {
    tell(result);
    if (!uploads.isBehind) hold?.release();
  });
  const { poolSize } = options;
  const hold = typeof poolSize === 'object' ? new Hold(poolSize) : undefined;
  // The ledger knows files that stay: these go.
  const { ledger: _ledger, ...others } = options;
  try {
    const summary = await run(
      { ...request, outputFolder },
      {
        ...others,
        onResult: (result) => {
          if (options.dryRun) tell(planned(result, place, outputFolder));
          else if (result.status !== 'done') tell(result);
          else {
            uploads.add(result);
            if (uploads.isBehind) hold?.hold();
          }
        },
      },
    );
    if (options.signal?.aborted) uploads.cancel();
    await uploads.ended();
    const { causes: _causes, ...former }: Summary = summary;
    return { ...former, ...tally.summary() };
  } finally {
    await place.close();
  }
}

/** What a dry run would make, with the URL that it would have. */
function planned(result: ItemResult, place: S3Place, folder: string): ItemResult {
  const { output } = result;
  if (!output?.startsWith(folder)) return result;
  return { ...result, output: place.urlOf(output.slice(folder.length + 1).replaceAll('\\', '/')) };
}

/** Pauses the pool while uploads are behind, unless somebody else has. */
class Hold {
  readonly #poolSize: LivePoolSize;
  #isOurs = false;

  constructor(poolSize: LivePoolSize) {
    this.#poolSize = poolSize;
  }

  hold(): void {
    if (this.#poolSize.paused) return;
    this.#isOurs = true;
    this.#poolSize.pause();
  }

  release(): void {
    if (!this.#isOurs) return;
    this.#isOurs = false;
    this.#poolSize.resume();
  }
}
