import { told } from '../../languages/translate.ts';
import { QueueProblem, queueProblems } from '../../shared/machines/queue-problem.ts';
import { wordsFor } from '../history/prepare-again.ts';
import { RequestProblem } from '../jobs/request-problem.ts';

/** What went wrong with a queue, in the language of the person. */
export function queueProblemWords(error: unknown): string {
  if (!(error instanceof QueueProblem)) return error instanceof Error ? error.message : String(error);
  const { code, facts } = error;
  const { settings } = facts;
  const known =
    settings === undefined ? facts : { ...facts, settings: wordsFor(settings.split(', ')).join(', ') };
  return told(queueProblems[code], known);
}

/** What a queue refuses as the page shows it; whatever else went wrong stays as it is. */
export function asRequestProblem(error: unknown): unknown {
  if (!(error instanceof QueueProblem)) return error;
  return new RequestProblem(error.code, queueProblemWords(error), { cause: error });
}
