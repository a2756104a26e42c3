/** What a person may begin from the launcher: the dock's menu, a jump list, the actions of a desktop file. */
export const launcherSwitches = {
  folder: '--open-folder',
  list: '--open-list',
  paste: '--paste-list',
} as const;

export type LauncherEntry = keyof typeof launcherSwitches;

/** The entry that the app was started by, where a launcher starts it anew with a switch. */
export function launcherEntryOf(argv: readonly string[]): LauncherEntry | undefined {
  return (Object.keys(launcherSwitches) as LauncherEntry[]).find((name) =>
    argv.includes(launcherSwitches[name]),
  );
}
