import type { RunOptions, Summary } from '../../engine/index.ts';
import { hostOf } from '../../engine/run/front-ends/index.ts';
import type { UrlCount } from '../../shared/ipc/pasted-text.ts';
import { type FetchRequest, fetchRequestSchema } from '../../shared/requests.ts';

/** Longer texts are counted so far, and said to have at least that: a person who types is not made to wait. */
const mostItems = 20_000;

/** Counts what a text has, as a run would read it: by a dry run, which looks at it line by line. */
export async function countUrls(
  text: string,
  outputFolder: string,
  run: (request: FetchRequest, options: RunOptions) => Promise<Summary>,
  asked: AbortSignal,
): Promise<UrlCount> {
  const enough = new AbortController();
  const hosts = new Set<string>();
  let files = 0;
  let unusable = 0;
  const request = fetchRequestSchema.parse({
    kind: 'fetch',
    inputs: [{ kind: 'text', text }],
    recipe: {},
    outputFolder,
  });
  try {
    await run(request, {
      dryRun: true,
      poolSize: 1,
      signal: AbortSignal.any([asked, enough.signal]),
      onResult: ({ input, status }) => {
        if (status === 'cancelled') return;
        if (status === 'failed') unusable += 1;
        else {
          files += 1;
          const host = hostOf(input);
          if (host !== undefined) hosts.add(host);
        }
        if (files + unusable >= mostItems) enough.abort();
      },
    });
  } catch (error) {
    // A text in which there is no URL at all is a request that cannot start.
    if (!enough.signal.aborted && files + unusable > 0) throw error;
  }
  return { files, hosts: hosts.size, unusable, isComplete: !enough.signal.aborted };
}
