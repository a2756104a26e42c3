import { runHead } from '../../engine/run/front-ends/index.ts';
import { t } from '../../languages/translate.ts';
import { isUrl, jobOfHead, queueDetailsOf, windowDetailsOf } from '../history/job-of-head.ts';
import { prepareAgain } from '../history/prepare-again.ts';
import { RunPictures } from '../history/run-pictures.ts';
import type { ThumbRegistry } from '../images/thumb-registry.ts';
import { RequestProblem } from '../jobs/request-problem.ts';
import { openRun } from '../runs/open-run.ts';
import type { RunRegistry } from '../runs/run-registry.ts';
import type { HiddenRuns } from '../storage/hidden-runs.ts';
import type { RecentRuns } from '../storage/recent-runs.ts';
import type { FormerRunHandlers } from './handlers.ts';

interface FormerRunParts {
  readonly sessions: RunRegistry;
  readonly thumbs: ThumbRegistry;
  readonly recent: RecentRuns;
  readonly hidden: HiddenRuns;
  readonly known: Parameters<typeof prepareAgain>[2];
}

/** The handlers for runs that are known by their journals. */
export function formerRunHandlers({
  sessions,
  thumbs,
  recent,
  hidden,
  known,
}: FormerRunParts): FormerRunHandlers {
  const pictures = new RunPictures(thumbs);
  return {
    'runs:pictures': ({ id }) => pictures.of(id),
    'runs:hide': async ({ id }) => {
      hidden.hide(id);
    },
    'runs:open': async ({ id }) => {
      const head = runHead(id);
      const own = head && windowDetailsOf(head)?.runId;
      const held = own && sessions.find(own);
      if (held) return held.snapshot();
      const session = sessions.show(await openRun(id, thumbs));
      recent.opened(session.runId, id);
      return session.snapshot();
    },
    'runs:prepare': async ({ id }) => {
      const head = runHead(id);
      const job = head && jobOfHead(head);
      if (!job)
        throw new RequestProblem('UNKNOWN_RUN', t('What this run was to do is not known to the window.'));
      const prepared = await prepareAgain(job, head.withheld ?? [], known);
      const queue = queueDetailsOf(head);
      if (!queue) return prepared;
      if (!isUrl(queue.place))
        return { ...prepared, handsOut: {}, output: known.outputs.register(queue.place) };
      const { output: _storage, ...further } = prepared;
      return { ...further, handsOut: { storage: queue.place } };
    },
  };
}
