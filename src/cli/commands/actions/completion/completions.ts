import type { Argument, Command, Option } from 'commander';
import { errorCodes } from '../../../../shared/error-codes/error-codes.ts';
import { SettingOption } from '../../../flags/setting-option.ts';

/** What may stand at a place: one of some words, a path, a preset, the id of a run, or something that nobody can guess. */
export type Values = readonly string[] | 'files' | 'folders' | 'presets' | 'runs' | 'free';

export interface FlagCompletion {
  readonly flag: string;
  readonly help: string;
  readonly takes: 'nothing' | 'maybe' | 'a value';
  readonly values: Values;
  readonly isRepeatable: boolean;
}

export interface CommandCompletion {
  /** Its words behind `shoal`: `runs retry`. Of the program itself there are none. */
  readonly path: string;
  readonly help: string;
  readonly flags: readonly FlagCompletion[];
  readonly further: readonly CommandCompletion[];
  /** What its arguments are; those behind the last are like it. */
  readonly values: readonly Values[];
}

/** What can be completed, from the program itself. */
export function completionsOf(command: Command, path = ''): CommandCompletion {
  const further = command.commands.map((each) =>
    completionsOf(each, path === '' ? each.name() : `${path} ${each.name()}`),
  );
  return {
    path,
    help: command.description(),
    flags: [
      ...command.options.map(flagOf),
      { flag: '--help', help: 'tell how it is used', takes: 'nothing', values: 'free', isRepeatable: false },
    ],
    further,
    values: command.registeredArguments.map(valuesOfArgument),
  };
}

/** A command and all below it. */
export function withFurther(command: CommandCompletion): CommandCompletion[] {
  return [command, ...command.further.flatMap(withFurther)];
}

function flagOf(option: Option): FlagCompletion {
  const { long, description, required, optional } = option;
  return {
    flag: long ?? '',
    help: description,
    takes: required ? 'a value' : optional ? 'maybe' : 'nothing',
    values: option instanceof SettingOption ? valuesOf(option) : 'free',
    isRepeatable: option instanceof SettingOption && option.isRepeatable,
  };
}

function valuesOf({ setting, long, argChoices }: SettingOption): Values {
  if (argChoices) return argChoices;
  switch (setting.type) {
    case 'choices':
      return setting.choices;
    case 'pool':
      return ['auto'];
    case 'file':
      return long === '--out' ? 'folders' : 'files';
    case 'text':
      return long === '--preset' ? 'presets' : 'free';
    case 'texts':
      return long === '--only' ? errorCodes : 'free';
    default:
      return 'free';
  }
}

function valuesOfArgument(argument: Argument): Values {
  if (argument.argChoices) return argument.argChoices;
  switch (argument.name()) {
    case 'id':
    case 'a':
    case 'b':
      return 'runs';
    case 'preset':
      return 'presets';
    case 'folder':
      return 'folders';
    case 'queue':
    case 'name':
      return 'free';
    default:
      return 'files';
  }
}
