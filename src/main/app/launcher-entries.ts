import { app, Menu } from 'electron';
import { t } from '../../languages/translate.ts';
import { type LauncherEntry, launcherSwitches } from './launcher-switches.ts';

const names = Object.keys(launcherSwitches) as LauncherEntry[];

interface EntryWords {
  readonly label: string;
  readonly description: string;
}

const entryWords = (): Readonly<Record<LauncherEntry, EntryWords>> => ({
  folder: { label: t('Open folder…'), description: t('Choose folders of images') },
  list: { label: t('Open list…'), description: t('Choose a list of URLs') },
  paste: { label: t('Paste list…'), description: t('Type or paste a list of URLs') },
});

/** Puts the entries where the system has a place for them; on Linux the desktop file names them. */
export function setLauncherEntries(begin: (entry: LauncherEntry) => void): void {
  const words = entryWords();
  if (process.platform === 'darwin') {
    const items = names.map((name) => ({ label: words[name].label, click: () => begin(name) }));
    app.dock?.setMenu(Menu.buildFromTemplate(items));
  }
  if (process.platform === 'win32') {
    const program = process.execPath;
    app.setUserTasks(
      names.map((name) => ({
        program,
        arguments: launcherSwitches[name],
        iconPath: program,
        iconIndex: 0,
        title: words[name].label,
        description: words[name].description,
      })),
    );
  }
}

/** How many of the inputs that are given at once the system is told as recent ones. */
const mostRemembered = 10;

/** Lists what was given under the system's recent documents, from which it can be opened again. */
export function rememberInputs(paths: readonly string[]): void {
  for (const path of paths.slice(0, mostRemembered)) app.addRecentDocument(path);
}
