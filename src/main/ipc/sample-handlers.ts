import type { StartRun } from '../../shared/ipc/job.ts';
import type { LatestPreview } from '../jobs/latest-preview.ts';
import { keyOfJob, resolveJob } from '../jobs/resolved-job.ts';
import type { RunRegistry } from '../runs/run-registry.ts';
import type { LatestSamples } from '../samples/latest-samples.ts';
import type { SampleHandlers } from './handlers.ts';

interface SampleParts {
  readonly givens: Parameters<typeof resolveJob>[1];
  readonly previews: LatestPreview;
  readonly samples: LatestSamples;
  readonly sessions: Pick<RunRegistry, 'isOn'>;
}

/** The handlers for what is made before the start, to be looked at. Of images alone: nobody is asked for a URL before. */
export function sampleHandlers({ givens, previews, samples, sessions }: SampleParts): SampleHandlers {
  return {
    'samples:make': async (request) => {
      // A run has the cores to itself.
      if (sessions.isOn || request.job.kind !== 'thumbnails') return null;
      const job = resolveJob(request, givens);
      if (job.kind !== 'thumbnails') return null;
      const key = keyOfChoice(request);
      const found = previews.spreadOf(keyOfJob(request));
      if (found) samples.offer(key, found.paths, found.final);
      return (await samples.ask(key, job.request)) ?? null;
    },
  };
}

/** Tells which images there are, whatever is made of them. */
function keyOfChoice({ inputs, job }: StartRun): string {
  const { match, exclude, recursive } = job.kind === 'thumbnails' ? job : {};
  return JSON.stringify([inputs, recursive, match, exclude]);
}
