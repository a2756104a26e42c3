import type { EventEmitter } from 'node:events';
import type { Argument, Command, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { variableOf } from '../../src/cli/defaults/default-names.ts';
import { LazyEngine } from '../../src/cli/process/lazy-engine.ts';
import { createProgram } from '../../src/cli/program.ts';
import { environmentVariables } from '../../src/shared/settings/environment.ts';
import { tellingSettings } from '../../src/shared/settings/telling-settings.ts';
import { bold, entry, italic, paragraph, roff, section, subsection, verbatim } from './roff.ts';

const exitCodes: Readonly<Record<string, string>> = {
  0: 'All is well.',
  1: 'Some items failed.',
  2: 'Wrong usage: nothing was started.',
  129: 'The terminal was closed.',
  130: 'Interrupted by Ctrl-C, or nobody reads the results any more.',
  143: 'Ended by SIGTERM.',
};

/** shoal(1), from the program and the tables that it is made from. */
export function manPage(): string {
  const program = createProgram(() => {}, new LazyEngine());
  const { commands } = program;
  const everywhere = new Set<string>(Object.values(tellingSettings).map(({ flag }) => flag));
  const [telling = []] = commands.map(({ options }) =>
    options.filter(({ long }) => everywhere.has(long ?? '')),
  );
  const page = [
    `.\\" Written by tools/write-man.ts from the flags of the program.`,
    `.TH SHOAL 1 "${date()}" "shoal ${packageJson.version}" "User Commands"`,
    section('Name', `shoal \\- ${roff(oneLine(program.description()))}`),
    section('Synopsis', commands.map(synopsisLine).join('\n.br\n')),
    section('Description', ...description.map(paragraph)),
    section('Commands', ...commands.flatMap((command) => commandLines(command, everywhere))),
    section('Options of every command', ...telling.map(optionEntry)),
    section('Environment', ...environment()),
    section('Files', ...files.map(([path, text]) => entry(italic(path), text))),
    section('Exit status', ...Object.entries(exitCodes).map(([code, text]) => entry(bold(code), text))),
    section(
      'Examples',
      ...textBelow(program)
        .filter((lines) => lines.some((line) => line.startsWith('  ')))
        .map((lines) => verbatim(lines.slice(1))),
    ),
    section(
      'See also',
      `${bold('parallel')}(1), ${bold('xargs')}(1), ${bold('curl')}(1), ${bold('aria2c')}(1)`,
    ),
  ].join('\n');
  // A heading begins a paragraph by itself.
  return `${page.replace(/^(\.S[HS] .*)\n\.PP$/gm, '$1')}\n`;
}

/** When it was built, or what stands for that where builds are to be the same (reproducible-builds.org). */
function date(): string {
  const { SOURCE_DATE_EPOCH } = process.env;
  const at = SOURCE_DATE_EPOCH === undefined ? new Date() : new Date(Number(SOURCE_DATE_EPOCH) * 1_000);
  return at.toISOString().slice(0, 10);
}

const description = [
  'shoal applies a task to every item of a list or a folder, in parallel, with results in order: thumbnails of folders of images, the files of lists of URLs, or a function of your own.',
  'Results go to standard output: values, or with --json one JSON object a line. On a terminal there is a line that tells how far it is. Failures are told on standard error, and end no run.',
];

const files: readonly (readonly [string, string])[] = [
  ['~/.config/shoal/shoal.json', 'Defaults for flags: see shoal config above.'],
  ['~/.config/shoal/presets/', "One's own presets: see shoal presets above."],
  ['~/.local/state/shoal/', 'Journals of runs, the ledger of what was made from what, and compiled code.'],
];

function environment(): string[] {
  return [
    paragraph(
      `SHOAL_<FLAG> is a default for a flag: ${variableOf('pool')} for --pool, ${variableOf('max-size')} for --max-size. A switch is true or false, also for a flag that begins with --no: ${variableOf('journal')}=false is --no-journal. What may be repeated is a line each. A flag goes before its variable, and a variable before shoal.json; a preset or a recipe goes before all but flags. shoal config tells what is set.`,
    ),
    ...environmentVariables.map(({ names, help }) => entry(names.map(bold).join(', '), sentence(help))),
  ];
}

function commandLines(command: Command, without: ReadonlySet<string>, before = 'shoal'): string[] {
  const name = `${before} ${command.name()}`;
  const like =
    before === 'shoal tune' && command.name() === 'fetch' ? siblingOf(command, 'fetch') : undefined;
  const known = new Set([...without, ...(like?.options.map(({ long }) => long ?? '') ?? [])]);
  const options = command.options.filter(({ long }) => !known.has(long ?? '') || ownOfTune.has(long ?? ''));
  const below = textBelow(command).map(verbatimOrText);
  return [
    subsection([name, ...command.registeredArguments.map(argumentText)].join(' ')),
    paragraph(`${sentence(command.description())}`),
    ...command.registeredArguments.map((each) =>
      entry(italic(argumentText(each)), sentence(each.description)),
    ),
    ...options.map(optionEntry),
    ...(like ? [paragraph(`And the flags of shoal ${like.name()} for what is fetched.`)] : []),
    ...(command.commands.length > 0 ? [] : below),
    ...command.commands.flatMap((each) => commandLines(each, without, name)),
    ...(command.commands.length > 0 ? below : []),
  ];
}

const ownOfTune = new Set(['--sizes', '--chart', '--json']);

function siblingOf(command: Command, name: string): Command | undefined {
  return command.parent?.parent?.commands.find((each) => each.name() === name);
}

function synopsisLine(command: Command): string {
  const told = command.registeredArguments.map(argumentText).map(italic).join(' ');
  const further =
    command.commands.length > 0 ? ` ${command.commands.map((each) => bold(each.name())).join('|')}` : '';
  return `${bold(`shoal ${command.name()}`)}${further} [options] ${told}`.trimEnd();
}

function argumentText(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? name : `[${name}]`;
}

function optionEntry({
  flags,
  description: help,
  argChoices,
  defaultValue,
  defaultValueDescription,
}: Option): string {
  const [flag = '', ...value] = flags.split(' ');
  const term = [bold(flag), ...value.map((each) => italic(each.replace(/[<>]/g, '')))].join(' ');
  const usual = defaultValueDescription ?? (defaultValue === undefined ? undefined : String(defaultValue));
  const more = [
    argChoices && `One of ${argChoices.join(' ')}.`,
    usual !== undefined && usual !== 'true' && `Default: ${usual}.`,
  ];
  return entry(term, [sentence(help), ...more.filter(Boolean)].join(' '));
}

/** What stands below the help of a command, in paragraphs. */
function textBelow(command: Command): string[][] {
  let text = '';
  // It is an emitter of events, which its types keep to themselves.
  const emitter = command as unknown as EventEmitter;
  emitter.emit('afterHelp', { error: false, command, write: (more: string) => (text += more) });
  return text
    .trim()
    .split(/\n\n+/)
    .filter((each) => each !== '')
    .map((each) => each.split('\n'));
}

/** What is indented is shown as it is, and the rest flows. */
function verbatimOrText(lines: readonly string[]): string {
  const parts: string[][] = [];
  for (const line of lines) {
    const part = parts.at(-1);
    if (part?.[0]?.startsWith(' ') === line.startsWith(' ')) part?.push(line);
    else parts.push([line]);
  }
  return parts
    .map((part) => (part[0]?.startsWith(' ') ? verbatim(part) : paragraph(part.join(' '))))
    .join('\n');
}

function sentence(text: string): string {
  // The name of a value stays as it is written.
  const beginning = /^\w+:/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
  return /[.*]$/.test(beginning) ? beginning : `${beginning}.`;
}

const oneLine = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '');
