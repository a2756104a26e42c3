import type { Command } from 'commander';
import { presetSettings } from '../../shared/settings/run-settings.ts';
import type { SettingOption } from '../flags/setting-option.ts';
import { detail, notice, warn } from '../output/verbosity.ts';
import { ConfigFile, configPath } from './config-file.ts';
import {
  defaultableOptions,
  keyOf,
  keysOfSections,
  sectionOf,
  sectionOfAll,
  variableOf,
} from './default-names.ts';
import { type FolderFile, folderFileOf } from './folder-file.ts';
import { naming } from './naming.ts';
import { valueOfJson, valueOfVariable } from './read-default.ts';

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
  /** The file of a folder that gave some of it. */
  readonly folderFile?: string | undefined;
}

/**
 * Gives a command the values that no flag gave: from the environment, then from the file of the folder that it is given,
 * then from the person's own.
 * @throws UsageError naming the variable or the line of what cannot be used.
 */
export function applyDefaults(command: Command): Defaults {
  const program = rootOf(command);
  const file = ConfigFile.read(configPath(), keysOfSections(program));
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
  const person: Source = (option, key) => file && fromFile(file, command, option, key);
  const options = defaultableOptions(command);
  const ofFolder = options.filter(({ setting }) => setting === presetSettings.folderSettings);
  for (const find of [environment, person]) take(ofFolder, find);
  const folderFile = command.opts().folderSettings === true ? folderFileOf(program, command.args) : undefined;
  const folder: Source = (_option, key) => folderFile && fromFolder(folderFile, key);
  // One after the other, as a value of the stronger may leave no place for another flag's of the weaker.
  for (const some of [options.filter(isByItself), options.filter((option) => !isByItself(option))])
    for (const find of [environment, folder, person]) take(some, find);
  const isOfFolder = given.some(({ from }) => folderFile && from.startsWith(`${folderFile.path}:`));
  const defaults = { given, folderFile: isOfFolder ? folderFile?.path : undefined };
  if (!file?.isPublic || secret.size === 0) return defaults;
  const has = [...secret].join(', ');
  const warning = `${file.path} can be read by others, and has ${has}: chmod 600 keeps it private.`;
  return { ...defaults, warning };
}

/** Once it is known how much is to be told. */
export function tellDefaults({ given, warning, folderFile }: Defaults): void {
  if (warning !== undefined) warn(warning);
  if (folderFile !== undefined) notice(`Settings from ${folderFile}.`);
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

function fromFolder(file: FolderFile, key: string): Found | undefined {
  const found = file.find(key);
  return found && { value: found.value, from: found.from, source: 'folder' };
}

function fromEnvironment(option: SettingOption, key: string): Found | undefined {
  const from = variableOf(key);
  const text = process.env[from];
  if (text === undefined || text.trim() === '') return undefined;
  return { value: naming(from, () => valueOfVariable(option, text)), from, source: 'env' };
}

function fromFile(file: ConfigFile, command: Command, option: SettingOption, key: string): Found | undefined {
  const found = file.find(sectionOf(command), sectionOfAll, key);
  if (!found) return undefined;
  const from = file.placeOf(found.section, key);
  return { value: naming(from, () => valueOfJson(option, found.value)), from, source: 'config' };
}

function rootOf(command: Command): Command {
  return command.parent ? rootOf(command.parent) : command;
}
