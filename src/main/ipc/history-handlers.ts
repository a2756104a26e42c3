import { removeJournal } from '../../engine/run/front-ends/index.ts';
import { t } from '../../languages/translate.ts';
import { compareFormer } from '../history/compare-former.ts';
import { knownRun, knownRunThatIsOver, listHistory } from '../history/list-history.ts';
import { undoFormer } from '../history/undo-former.ts';
import { RequestProblem } from '../jobs/request-problem.ts';
import type { RunRegistry } from '../runs/run-registry.ts';
import type { HistoryHandlers } from './handlers.ts';

/** The handlers for the journals of all runs: list, compare, undo and remove them. */
export function historyHandlers(sessions: Pick<RunRegistry, 'isOn'>): HistoryHandlers {
  return {
    'history:list': listHistory,
    'history:compare': async ({ a, b }) => compareFormer(knownRun(a), knownRun(b)),
    'history:look-undo': async ({ id }) => undoFormer(knownRunThatIsOver(id), { dryRun: true }),
    'history:undo': async ({ id }) => {
      // A run may be counting on the very files.
      if (sessions.isOn)
        throw new RequestProblem('RUN_ON', t('A run is on: undo this one when it has ended.'));
      return undoFormer(knownRunThatIsOver(id), { dryRun: false });
    },
    'history:remove': async ({ id }) => {
      removeJournal(knownRunThatIsOver(id).head.id);
    },
  };
}
