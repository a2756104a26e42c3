import { arch, cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { app, dialog, type WebContents } from 'electron';
import { stateFolder } from '../../engine/index.ts';
import { t } from '../../languages/translate.ts';
import { CrashReports } from './crash-reports.ts';
import type { Facts } from './report-text.ts';

/** A page that was gone is loaded again, but not more often than this, in milliseconds: it may go for the same reason. */
const reloadEveryMs = 60_000;

/** Writes reports of what ends unexpectedly: the app, or the process of its window. */
export function watchCrashes(): CrashReports {
  const code = join(import.meta.dirname, '..');
  // Beside the archive of the app lies what only programs outside of Electron can read.
  const own = [code, join(code, '..'), process.resourcesPath].filter((folder) => folder !== undefined);
  const reports = new CrashReports({ folder: reportFolder(), facts: facts(), own });
  const end = (error: unknown) => {
    // What has been left half done is not known, so that nothing may go on.
    console.error(error);
    reports.write('error', 'an error in the main process that nothing caught', error);
    reports.close();
    dialog.showErrorBox(
      t('Shoal has to end'),
      t('Something went wrong in it. The next start offers a report.'),
    );
    app.exit(1);
  };
  process.once('uncaughtException', end);
  // Node makes the former of it, Electron only a warning.
  process.once('unhandledRejection', end);
  app.on('web-contents-created', (_event, contents) => watchPage(contents, reports));
  return reports;
}

function watchPage(contents: WebContents, reports: CrashReports): void {
  let reloadedAt = 0;
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    reports.write('window', `the window’s process was gone: ${reason}, exit code ${exitCode}`);
    if (Date.now() - reloadedAt < reloadEveryMs) return;
    reloadedAt = Date.now();
    contents.reload();
  });
}

function reportFolder(): string {
  try {
    return join(stateFolder(), 'crash-reports');
  } catch {
    // A user without a home folder.
    return join(app.getPath('userData'), 'crash-reports');
  }
}

function facts(): Facts {
  const { electron, chrome, node } = process.versions;
  const ground = Object.entries({ Electron: electron, Chromium: chrome, Node: node });
  const versions = ground.flatMap(([name, version]) => (version === undefined ? [] : [`${name} ${version}`]));
  return {
    Version: [`Shoal ${app.getVersion()}`, ...versions].join(', '),
    System: `${process.platform} ${arch()} ${release()}`,
    Machine: `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB of memory`,
    Started: new Date().toISOString(),
  };
}
