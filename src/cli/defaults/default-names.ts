import type { Command } from 'commander';
import { type SettingOption, settingOptionsOf } from '../flags/setting-option.ts';

/** The section of the configuration file that is of all commands. */
export const sectionOfAll = 'all';

/**
 * Commands that take nothing from the configuration: those that have to work also where it is wrong, and those of presets,
 * which are to hold what a person says and nothing of the machine.
 */
export const withoutDefaults: ReadonlySet<string> = new Set(['config', 'completion', 'presets']);

/** The flags of a command for which there may be a default: all but those that are of one call alone. */
export function defaultableOptions(command: Command): SettingOption[] {
  return settingOptionsOf(command).filter(({ setting }) => !setting.once && setting.of !== 'input');
}

/** The name of a flag in the configuration file: `max-bytes` for `--max-bytes`, `journal` for `--no-journal`. */
export function keyOf({ long }: { readonly long?: string | undefined }): string {
  return (long ?? '').replace(/^--(no-)?/, '');
}

/** The variable of a flag: `SHOAL_MAX_BYTES`. */
export function variableOf(key: string): string {
  return `SHOAL_${key.toUpperCase().replaceAll('-', '_')}`;
}

/** The section of a command in the configuration file: that of `tune fetch` is `tune`. */
export function sectionOf(command: Command): string {
  const { parent } = command;
  return parent?.parent ? sectionOf(parent) : command.name();
}

/** The commands that have no further ones. */
export function commandsThatDo({ commands }: Command): Command[] {
  return commands.flatMap((each) => (each.commands.length === 0 ? [each] : commandsThatDo(each)));
}

/** The keys of each section, each with the flags that it is about. */
export function keysOfSections(program: Command): Map<string, Map<string, SettingOption>> {
  const sections = new Map<string, Map<string, SettingOption>>([[sectionOfAll, new Map()]]);
  for (const command of commandsThatDo(program)) {
    const section = sectionOf(command);
    if (withoutDefaults.has(section)) continue;
    const keys = sections.get(section) ?? new Map<string, SettingOption>();
    for (const option of defaultableOptions(command)) {
      for (const each of [keys, sections.get(sectionOfAll)]) {
        if (!each?.has(keyOf(option))) each?.set(keyOf(option), option);
      }
    }
    if (keys.size > 0) sections.set(section, keys);
  }
  return sections;
}
