import { limitSentence, type Where } from '../../../shared/limits/limit-sentence.ts';
import { withoutCredentials, withoutQuery, withoutSecretsIn } from '../../../shared/without-secrets.ts';
import { journalPath } from '../journal/journal-folder.ts';
import { journalLines } from '../journal/read-journal.ts';
import type { RunOverview } from '../journal/run-overview.ts';
import { figuresOf, type RunFigures } from './run-figures.ts';
import { runPage } from './run-page.ts';

/**
 * A former run as a page. @param settings those that are not the defaults, by the names that the reader knows. @param where what
 * would help is called there: by flags in the terminal, by fields in the window.
 */
export function pageOfRun(
  run: RunOverview,
  settings: Readonly<Record<string, string>>,
  where: Where = 'terminal',
): string {
  const { head, state, counts, seconds, summary, interrupted, problem } = run;
  const reason = interrupted ?? problem;
  const because = reason === undefined ? '' : ` (${reason.replace(/\.$/, '')})`;
  return runPage(
    {
      id: head.id,
      title: discreet(head.title),
      standing: `${state}${because}, begun ${head.startedAt.slice(0, 16).replace('T', ' ')} UTC`,
      settings: mapped(settings),
      counts: { ...counts, seconds },
      stages: summary?.stages,
      limit: summary?.limit && limitSentence(summary.limit, where),
    },
    discreetFigures(figuresOf(journalLines(journalPath(head.id)))),
  );
}

/** The page is made to be sent: what stands in queries of URLs may be the key to a file. */
function discreet(text: string): string {
  return withoutSecretsIn(text, { query: true });
}

function mapped(settings: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, discreet(value)]));
}

function discreetFigures(figures: RunFigures): RunFigures {
  const { causes, slowest } = figures;
  return {
    ...figures,
    causes: causes.map((cause) => ({ ...cause, example: discreet(cause.example) })),
    slowest: slowest.map((item) => ({ ...item, input: withoutQuery(withoutCredentials(item.input)) })),
  };
}
