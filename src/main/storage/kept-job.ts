import { keptRequest } from '../../engine/run/front-ends/index.ts';
import type { FetchRequest, ItemInput, MapRequest } from '../../shared/requests.ts';
import { type ResolvedJob, resolvedJobSchema } from '../jobs/resolved-job.ts';
import type { PastedLists } from './pasted-lists.ts';

/** A job as the disk may have it, without secrets, and the names of what was left out. */
export function keptJob(
  job: ResolvedJob,
  texts: Pick<PastedLists, 'save'>,
): { readonly job: ResolvedJob; readonly withheld: string[] } {
  if (job.kind === 'map') return { job: { ...job, request: mapInFiles(job.request, texts) }, withheld: [] };
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

/** Pasted items as files of their own, because they may be far too large for what refers to them. */
export function mapInFiles(request: MapRequest, texts: Pick<PastedLists, 'save'>): MapRequest {
  const inputs = request.inputs.map(
    (input): ItemInput => (input.kind === 'text' ? { kind: 'list', path: texts.save(input.text) } : input),
  );
  return { ...request, inputs };
}
