import { extname } from 'node:path';
import { type BrowserWindow, dialog, shell } from 'electron';
import { writeWhole } from '../../engine/run/front-ends/index.ts';
import { t } from '../../languages/translate.ts';
import { extensionsOfSets } from '../../shared/settings/set-kinds.ts';
import { withoutHidden } from '../../shared/visible-text.ts';
import { titleInWords } from '../inputs/kept-words.ts';
import { RequestProblem } from '../jobs/request-problem.ts';
import type { RunRegistry } from '../runs/run-registry.ts';
import type { RecentRuns } from '../storage/recent-runs.ts';
import { writeReport } from '../views/write-report.ts';
import type { ResultHandlers } from './handlers.ts';

/** The handlers that use a run's results outside the window. */
export function resultHandlers(
  window: () => BrowserWindow | undefined,
  sessions: RunRegistry,
  recent: Pick<RecentRuns, 'page'>,
): ResultHandlers {
  return {
    'report:save': async ({ runId, format }) => {
      const session = sessions.get(runId);
      const { kind, title, elapsedMs, counters } = session.describe();
      const options = {
        title: t('Save the report'),
        defaultPath:
          `${t('{{title}} report', { title: withoutHidden(titleInWords(title)) })}.${format}`.replaceAll(
            /[/\\:]/g,
            '-',
          ),
        filters: [{ name: format.toUpperCase(), extensions: [format] }],
      };
      const parent = window();
      const answer = await (parent ? dialog.showSaveDialog(parent, options) : dialog.showSaveDialog(options));
      if (answer.canceled || answer.filePath === '') return { saved: false };
      if (format === 'html') {
        const page = await recent.page(runId);
        if (page === undefined)
          throw new RequestProblem('NO_JOURNAL', t('This run has kept no journal to make a page of.'));
        writeWhole(answer.filePath, Buffer.from(page));
        return { saved: true };
      }
      const { listColumns } = session;
      const items = session.items('all');
      await writeReport(answer.filePath, format, {
        title,
        elapsedMs,
        counters,
        listColumns,
        items,
        hasValues: kind === 'map',
      });
      return { saved: true };
    },
    'output:open-folder': async ({ runId }) => {
      const problem = await shell.openPath(sessions.jobOf(runId).folder);
      if (problem !== '') throw new RequestProblem('CANNOT_OPEN', problem);
    },
    'output:open-set': async ({ runId, kind }) => {
      const file = sessions.get(runId).beside.fileOf(kind);
      // Anybody may have changed a journal: nothing that could be a program is opened.
      if (file === undefined || !extensionsOfSets[kind].includes(extname(file).toLowerCase())) {
        throw new RequestProblem('CANNOT_OPEN', t('There is no such file.'));
      }
      const problem = await shell.openPath(file);
      if (problem !== '') throw new RequestProblem('CANNOT_OPEN', problem);
    },
  };
}
