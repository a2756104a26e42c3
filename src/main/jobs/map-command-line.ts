import type { ItemInput, MapRequest } from '../../shared/requests.ts';
import { mapRecipeSettings } from '../../shared/settings/map-settings.ts';
import { runSettings } from '../../shared/settings/run-settings.ts';
import { filesOfFolder, linesOfFile, pipedByPowerShell } from './powershell-pipe.ts';
import { areSafeWords, powerShellLine } from './powershell-quote.ts';
import type { SaveText } from './save-text.ts';
import { settingArguments } from './setting-arguments.ts';
import { shellLine } from './shell-quote.ts';

/** With more items than this, the line would be too long to paste. */
const mostItems = 20;

/** `shoal map …`: with the items on the line where they are a few, and else by what writes them to its standard input. */
export function mapCommandLine(
  { module, recipe, inputs, recursive, shard }: MapRequest,
  ofPool: readonly string[],
  saveText: SaveText,
  isOnWindows: boolean,
): string {
  const flags = [
    ...ofPool,
    ...settingArguments(mapRecipeSettings, recipe),
    ...settingArguments(runSettings, { shard }),
  ];
  const items = inputs.flatMap(itemsIn);
  const fit = items.length <= mostItems && items.every((item) => item !== undefined && item !== '-');
  if (fit && (!isOnWindows || areSafeWords(items as string[]))) {
    const words = ['shoal', 'map', ...flags, '--', module, ...(items as string[])];
    return isOnWindows ? powerShellLine(words) : shellLine(words);
  }
  if (isOnWindows) {
    const writers = inputs.map((input) => writerOfPowerShell(input, recursive, saveText));
    return pipedByPowerShell(writers, ['shoal', 'map', ...flags, module, '-']);
  }
  if (inputs.some(hasNoLines)) {
    const writers = inputs.map((input) => endedByNul(input, recursive, saveText));
    return `{ ${writers.join('; ')}; } | ${shellLine(['shoal', 'map', ...flags, '--null', module, '-'])}`;
  }
  const map = shellLine(['shoal', 'map', ...flags, module, '-']);
  const [first, ...others] = inputs;
  if (first?.kind === 'list' && others.length === 0) return `${map} < ${shellLine([first.path])}`;
  const writers = inputs.map((input) => endedByLine(input, recursive, saveText));
  if (writers.length === 1) return `${writers[0]} | ${map}`;
  // A list need not end with a line feed; one too many is an empty line, which is no item.
  return `{ ${writers.join('; echo; ')}; } | ${map}`;
}

/** What hands each line of an input on. PowerShell has no items but lines. */
function writerOfPowerShell(input: ItemInput, recursive: boolean, saveText: SaveText): string {
  switch (input.kind) {
    case 'text':
      return linesOfFile(saveText(input.text));
    case 'items':
      return linesOfFile(saveText(input.items.join('\n')));
    case 'list':
      return linesOfFile(input.path);
    case 'folder':
      return filesOfFolder(input.path, recursive);
    case 'journal':
      throw notGiven(input);
  }
}

/** The items that are known here, or more than fit on a line; undefined stands for those that are not known. */
function itemsIn(input: ItemInput): (string | undefined)[] {
  if (input.kind === 'items') return input.items;
  if (input.kind !== 'text') return [undefined];
  const items: string[] = [];
  for (const item of linesOf(input.text)) {
    if (items.push(item) > mostItems) break;
  }
  return items;
}

/** The lines that are items, one by one: a text may have millions of them. */
function* linesOf(text: string): Generator<string> {
  for (const [line] of text.matchAll(/[^\n]+/g)) {
    const item = line.replace(/\r$/, '');
    if (item !== '') yield item;
  }
}

/** Whether some of the items would be others as lines. */
function hasNoLines(input: ItemInput): boolean {
  return input.kind === 'items' && input.items.some((item) => /\n|\r$/.test(item));
}

function endedByLine(input: ItemInput, recursive: boolean, saveText: SaveText): string {
  switch (input.kind) {
    case 'text':
      return shellLine(['cat', saveText(input.text)]);
    case 'items':
      return shellLine(['cat', saveText(input.items.join('\n'))]);
    case 'list':
      return shellLine(['cat', input.path]);
    case 'folder':
      return shellLine([...find(input.path, recursive), '-print']);
    case 'journal':
      throw notGiven(input);
  }
}

function endedByNul(input: ItemInput, recursive: boolean, saveText: SaveText): string {
  switch (input.kind) {
    case 'text':
      return shellLine(['cat', saveText([...linesOf(input.text), ''].join('\0'))]);
    case 'items':
      return shellLine(['cat', saveText([...input.items, ''].join('\0'))]);
    case 'list':
      return `tr -d '\\r' < ${shellLine([input.path])} | tr '\\n' '\\0'; printf '\\0'`;
    case 'folder':
      return shellLine([...find(input.path, recursive), '-print0']);
    case 'journal':
      throw notGiven(input);
  }
}

function find(folder: string, recursive: boolean): string[] {
  const depth = recursive ? [] : ['-maxdepth', '1'];
  return ['find', folder, '-mindepth', '1', ...depth, '-name', '.*', '-prune', '-o', '-type', 'f'];
}

/** A line is made of what the page gave, and it cannot give a journal: a run of one is prepared with its items. */
function notGiven({ kind }: ItemInput): Error {
  return new Error(`Expected inputs that were given, got ${kind}`);
}
