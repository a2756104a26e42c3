import { app, Menu } from 'electron';

/** What a person may begin from the launcher: the dock's menu, a jump list, the actions of a desktop file. */
const entries = {
  folder: { switch: '--open-folder', label: 'Open folder…', description: 'Choose folders of images' },
  list: { switch: '--open-list', label: 'Open list…', description: 'Choose a list of URLs' },
  paste: { switch: '--paste-list', label: 'Paste list…', description: 'Type or paste a list of URLs' },
} as const;

export type LauncherEntry = keyof typeof entries;
const names = Object.keys(entries) as LauncherEntry[];

/** The entry that the app was started by, where a launcher starts it anew with a switch. */
export function launcherEntryOf(argv: readonly string[]): LauncherEntry | undefined {
  return names.find((name) => argv.includes(entries[name].switch));
}

/** Puts the entries where the system has a place for them; on Linux the desktop file names them. */
export function setLauncherEntries(begin: (entry: LauncherEntry) => void): void {
  if (process.platform === 'darwin') {
    const items = names.map((name) => ({ label: entries[name].label, click: () => begin(name) }));
    app.dock?.setMenu(Menu.buildFromTemplate(items));
  }
  if (process.platform === 'win32') {
    const program = process.execPath;
    app.setUserTasks(
      names.map((name) => ({
        program,
        arguments: entries[name].switch,
        iconPath: program,
        iconIndex: 0,
        title: entries[name].label,
        description: entries[name].description,
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
