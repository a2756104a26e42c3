import { keptRequest } from '../../engine/run/front-ends/index.ts';
import type { FetchRequest } from '../../shared/requests.ts';
import { type ResolvedJob, resolvedJobSchema } from '../jobs/resolved-job.ts';
import type { PastedLists } from './pasted-lists.ts';

/** A job as the disk may have it, without secrets, and the names of what was left out. */
export function keptJob(
  job: ResolvedJob,
  texts: Pick<PastedLists, 'save'>,
): { readonly job: ResolvedJob; readonly withheld: string[] } {
  if (job.kind !== 'fetch') return { job, withheld: [] };
  const { request, withheld } = keptRequest(job.request);
  const { inputs, ...further } = request as FetchRequest;
  // A list with passwords is of no use without them, and is not to be found on the disk.
  const hidden = withheld.includes('inputs');
  const kept = inputs.map((input) => {
    if (hidden) return { kind: 'text', text: '' };
    return input.kind === 'text' ? { kind: 'argument', value: texts.save(input.text) } : input;
  });
  return {
    job: resolvedJobSchema.parse({ ...job, request: { ...further, inputs: kept } }),
    withheld: [...withheld],
  };
}
