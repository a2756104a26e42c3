import type { Command } from 'commander';
import { presetSettings } from '../../shared/settings/run-settings.ts';
import type { SettingOption } from '../flags/setting-option.ts';
import { detail, notice, warn } from '../output/verbosity.ts';
import type { ConfigFile } from './config-file.ts';
import { configPath, isThere, pathInFolder, statInFolder } from './config-path.ts';
import { defaultableOptions, keyOf, keysOfSections, sectionOf, variableOf } from './default-names.ts';
import type { FolderFile } from './folder-file.ts';
import { naming } from './naming.ts';
import { valueOfVariable } from './read-default.ts';

/** A value that no flag gave, and who did. */
export interface GivenDefault {
  readonly key: string;
  readonly value: unknown;
  /** `SHOAL_POOL`, `/home/me/.config/shoal/shoal.json:4`, or `the preset web`. */
  readonly from: string;
}

/** Flags that mean nothing to a run that is handed out to workers. */
const notInQueue = new Set(['pool', 'dry-run', 'timings']);
/** Keys whose values are nobody else's business. */
const secrets = new Set(['header', 'user', 'proxy']);

/** What a command got without flags. */
export interface Defaults {
  readonly given: readonly GivenDefault[];
  readonly warning?: string;
  /** What became of the files of folders. */
  readonly notices: readonly string[];
}

/**
 * Gives a command the values that no flag gave: from the environment, then from the file of the folder that it is given,
 * then from the person's own.
 * @throws UsageError naming the variable or the line of what cannot be used.
 */
export async function applyDefaults(command: Command): Promise<Defaults> {
  const program = rootOf(command);
  const file = await personsFile(program);
  const given: GivenDefault[] = [];
  const secret = new Set<string>();
  const take = (some: readonly SettingOption[], find: Source): void => {
    for (const option of some) {
      const key = keyOf(option);
      if (!isOpen(command, option) || !isOfUse(command, option)) continue;
      const found = find(option, key);
      if (!found) continue;
      command.setOptionValueWithSource(option.attributeName(), found.value, found.source);
      given.push({ key, value: found.value, from: found.from });
      if (found.source === 'config' && secrets.has(key)) secret.add(key);
    }
  };
  const environment: Source = fromEnvironment;
  const person: Source = (option) => withSource(file?.valueFor(option, sectionOf(command)), 'config');
  const options = defaultableOptions(command);
  const ofFolder = options.filter(({ setting }) => setting === presetSettings.folderSettings);
  for (const find of [environment, person]) take(ofFolder, find);
  const { folderFile, notices } = await settingsOfFolder(program, command);
  const folder: Source = (_option, key) => withSource(folderFile?.find(key), 'folder');
  // One after the other, as a value of the stronger may leave no place for another flag's of the weaker.
  for (const some of [options.filter(isByItself), options.filter((option) => !isByItself(option))])
    for (const find of [environment, folder, person]) take(some, find);
  if (folderFile && given.some(({ from }) => from.startsWith(`${folderFile.path}:`)))
    notices.push(`Settings from ${folderFile.path}.`);
  if (!file?.isPublic || secret.size === 0) return { given, notices };
  const has = [...secret].join(', ');
  const warning = `${file.path} can be read by others, and has ${has}: chmod 600 keeps it private.`;
  return { given, notices, warning };
}

/** What reads a file is loaded where there is one. */
async function personsFile(program: Command): Promise<ConfigFile | undefined> {
  const path = configPath();
  if (!isThere(path)) return undefined;
  const { ConfigFile } = await import('./config-file.ts');
  return ConfigFile.read(path, keysOfSections(program));
}

/**
 * The file of the folder that a command is given, where it is given one folder and nothing else: of several it would be a
 * guess whose settings are meant.
 */
async function settingsOfFolder(
  program: Command,
  command: Command,
): Promise<{ readonly folderFile?: FolderFile | undefined; readonly notices: string[] }> {
  if (command.opts().folderSettings !== true) return { notices: [] };
  const having = command.args.filter((folder) => statInFolder(folder));
  const [first] = having;
  if (first === undefined) return { notices: [] };
  if (command.args.length > 1) {
    const unused = having.map((folder) => pathInFolder(folder));
    return { notices: unused.map((path) => `${path} is not used: it is for runs of its folder alone.`) };
  }
  const { FolderFile } = await import('./folder-file.ts');
  return { folderFile: FolderFile.read(program, first), notices: [] };
}

/** Once it is known how much is to be told. */
export function tellDefaults({ given, warning, notices }: Defaults): void {
  if (warning !== undefined) warn(warning);
  for (const each of notices) notice(each);
  for (const { key, value, from } of given) detail(`${key}: ${shownValue(key, value)} (${from})`);
}

export function shownValue(key: string, value: unknown): string {
  return secrets.has(key) ? '***' : JSON.stringify(value);
}

/** Whether no other flag has to be there: those come first. */
function isByItself({ companion }: SettingOption): boolean {
  return companion === undefined;
}

/** Whether nothing stronger has given its value. */
function isOpen(command: Command, option: SettingOption): boolean {
  const source = command.getOptionValueSource(option.attributeName());
  return source === undefined || source === 'default';
}

/** Whether the flag means something beside the others: what is only a default must not make an error of a good call. */
function isOfUse(command: Command, option: SettingOption): boolean {
  const values: Readonly<Record<string, unknown>> = command.opts();
  const { companion } = option;
  if (companion !== undefined && (values[companion] === undefined || values[companion] === false))
    return false;
  const key = keyOf(option);
  if ((values.queue !== undefined || values.detach === true) && notInQueue.has(key)) return false;
  if (key === 'quiet') return values.verbose !== true;
  return key !== 'verbose' || values.quiet !== true;
}

type Found = Omit<GivenDefault, 'key'> & { readonly source: 'env' | 'folder' | 'config' };
type Source = (option: SettingOption, key: string) => Found | undefined;

function withSource(
  found: Pick<Found, 'value' | 'from'> | undefined,
  source: Found['source'],
): Found | undefined {
  return found && { value: found.value, from: found.from, source };
}

function fromEnvironment(option: SettingOption, key: string): Found | undefined {
  const from = variableOf(key);
  const text = process.env[from];
  if (text === undefined || text.trim() === '') return undefined;
  return { value: naming(from, () => valueOfVariable(option, text)), from, source: 'env' };
}

function rootOf(command: Command): Command {
  return command.parent ? rootOf(command.parent) : command;
}
