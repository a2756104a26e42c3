import { limitSentence } from '../../../shared/limit-sentence.ts';
import { journalPath } from '../journal/journal-folder.ts';
import { journalLines } from '../journal/read-journal.ts';
import type { RunOverview } from '../journal/run-overview.ts';
import { figuresOf } from './run-figures.ts';
import { runPage } from './run-page.ts';

/** A former run as a page. @param settings those that are not the defaults, by the names that the reader knows. */
export function pageOfRun(run: RunOverview, settings: Readonly<Record<string, string>>): string {
  const { head, state, counts, seconds, summary, interrupted, problem } = run;
  const reason = interrupted ?? problem;
  const because = reason === undefined ? '' : ` (${reason.replace(/\.$/, '')})`;
  return runPage(
    {
      id: head.id,
      title: head.title,
      standing: `${state}${because}, begun ${head.startedAt.slice(0, 16).replace('T', ' ')} UTC`,
      settings,
      counts: { ...counts, seconds },
      stages: summary?.stages,
      limit: summary?.limit && limitSentence(summary.limit, 'terminal'),
    },
    figuresOf(journalLines(journalPath(head.id))),
  );
}
