import type { ItemInput, MapRequest } from '../../shared/requests.ts';
import type { SaveText } from './save-text.ts';
import { shellLine } from './shell-quote.ts';

/** With more items than this, the line would be too long to paste. */
const mostItems = 20;

/** `shoal map …`: with the items on the line where they are a few, and else by what writes them to its standard input. */
export function mapCommandLine(
  { module, inputs, recursive }: MapRequest,
  pool: readonly string[],
  saveText: SaveText,
): string {
  const items = inputs.flatMap(itemsIn);
  const fit = items.length <= mostItems && items.every((item) => item !== undefined && item !== '-');
  if (fit) return shellLine(['shoal', 'map', ...pool, '--', module, ...(items as string[])]);
  const map = shellLine(['shoal', 'map', ...pool, module, '-']);
  const [first, ...others] = inputs;
  if (first?.kind === 'list' && others.length === 0) return `${map} < ${shellLine([first.path])}`;
  const writers = inputs.map((input) => shellLine(writerOf(input, recursive, saveText)));
  return writers.length === 1 ? `${writers[0]} | ${map}` : `{ ${writers.join('; ')}; } | ${map}`;
}

/** The items that are known here; undefined stands for those that are not. */
function itemsIn(input: ItemInput): (string | undefined)[] {
  if (input.kind === 'items') return input.items;
  if (input.kind !== 'text') return [undefined];
  return input.text.split(/\r?\n/, mostItems + 2).filter((line) => line !== '');
}

function writerOf(input: ItemInput, recursive: boolean, saveText: SaveText): string[] {
  switch (input.kind) {
    case 'text':
      return ['cat', saveText(input.text)];
    case 'items':
      return ['cat', saveText(input.items.join('\n'))];
    case 'list':
      return ['cat', input.path];
    case 'folder': {
      const depth = recursive ? [] : ['-maxdepth', '1'];
      return [
        'find',
        input.path,
        '-mindepth',
        '1',
        ...depth,
        '-name',
        '.*',
        '-prune',
        '-o',
        '-type',
        'f',
        '-print',
      ];
    }
    case 'journal':
      return ['shoal', 'runs', 'show', input.id, '--json'];
  }
}
