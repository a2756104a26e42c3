import { type Field, fieldsOf } from './fields-of.ts';
import { table } from './table.ts';

/** Which commands give a field of a result, where it is not all of them. */
const givenBy: Readonly<Record<string, string>> = {
  bytesIn: 'thumbs, fetch',
  bytesOut: 'thumbs, fetch',
  width: 'thumbs',
  height: 'thumbs',
  via: 'thumbs',
  colour: 'thumbs',
  outputs: 'thumbs, with several sizes',
  replaced: 'thumbs, fetch',
  adopted: 'thumbs, fetch',
  warning: 'thumbs, fetch',
  reason: 'thumbs, fetch',
  replaces: 'thumbs, fetch, with `--dry-run`',
  tries: 'fetch',
  sha256: 'fetch',
  finalUrl: 'fetch',
  duplicateOf: 'fetch',
  listed: 'fetch',
  columns: 'fetch',
  thumbnail: 'fetch, with `--thumbs`',
  value: 'the window, of a function of your own',
  stages: 'thumbs, fetch, with `--timings`',
};

const beginning = `# The JSON of results

\`--json\` writes one JSON object a line ([NDJSON](https://github.com/ndjson/ndjson-spec)) to standard output, and warnings to standard error. The \`type\` says what a line is; pass over types and fields that
you do not know. The library's \`onResult\` hears of the same results, with their \`index\`, and \`thumbnails\` and \`fetchAll\` resolve to the same summary. [Journals](journal.md) have them, too.

\`\`\`sh
shoal thumbs photos --json | jq -r 'select(.status == "failed") | "\\(.error.code) \\(.input)"'
\`\`\`

| command | lines |
| --- | --- |
| \`thumbs\`, \`fetch\` | a \`result\` as each item ends, then a \`summary\`; a \`forecast\` before it with \`--dry-run\` |
| \`thumbs --mirror\` | also a \`removed\` for each thumbnail that goes: \`input\` (the original that is gone), \`output\`, \`bytes\`; with \`--dry-run\` its \`reason\` is \`dry-run\` |
| \`thumbs --watch\` | the lines of each round, and between them: \`watching\` (\`path\`), \`gone\` (\`path\`: its return is waited for), \`unwatched\` (\`path\`, \`error\`), \`round\` (\`round\`, \`at\`, \`items\`, \`removals\`: what it is about to do) and \`problem\` (\`message\`: why one could not begin) |
| \`map\` | a \`result\` for each item, in the order of the items unless told otherwise, then a \`summary\` |
| \`thumbs\`, \`fetch\`, \`map\` with \`--queue\`, \`follow\` | the same, and a \`standing\` every two seconds at most: who works on it, and how far it is |
| \`tune\` | a \`timing\` for each size (\`poolSize\`, \`seconds\`, \`perSecond\`, \`speedUp\`, \`done\`, \`failed\`, \`sampled\`), then the \`knee\` (\`poolSize\`) |
| \`runs\` | a \`run\` each: \`id\`, \`startedAt\`, \`front\`, \`title\`, \`folder\`, \`state\` and totals; \`runs show\` adds \`request\`, \`settings\` and \`summary\` |
| \`presets\` | a \`preset\` each: \`name\`, \`task\`, whether it is one's \`own\`, \`about\`; then a \`fault\` for each file that is none: \`file\`, \`reason\` |
| \`config\` | a \`default\` each: \`section\`, \`key\`, \`from\`, \`value\` |
| \`runs undo\` | a \`file\` each: \`path\`, and its \`fate\` |
| \`doctor\` | one \`doctor\`: \`findings\` and \`tests\` |

**Text is safe to print.** Characters that command a terminal, turn text round or cannot be seen are escaped (\`\\u001b\`, \`\\u202e\`), and stand for themselves once the JSON is parsed. Without \`--json\` names are printed so,
too. What your own function returns goes into a pipe as it is, and is escaped on a terminal.

This page is written by \`node tools/write-docs.ts\` from \`src/shared/result.ts\` and \`src/shared/failure.ts\`.
`;

/** docs/json.md. */
export function jsonDocument(): string {
  const produced = fieldsOf('shared/result.ts', 'Produced');
  const result = fieldsOf('shared/result.ts', 'ItemResult').filter(({ name }) => name !== 'index');
  const own = new Set(result.map(({ name }) => name));
  const all = [...result, ...produced.filter(({ name }) => !own.has(name))];
  assertNoneMore(all);
  const rows = all.map((field) => [...cellsOf(field), givenBy[field.name] ?? 'all']);
  return [
    beginning,
    '\n## `result`\n\n',
    'Sizes are in bytes, dimensions in pixels. `map` has what the function returned as `output`.\n\n',
    table([...head, 'of'], rows),
    section('`error`', 'shared/failure.ts', 'Failure', 'Of a `result` that failed.'),
    section('`summary`', 'shared/result.ts', 'Summary', 'The totals of the run.'),
    section('`pool` of a summary', 'shared/result.ts', 'PoolSummary', '[The pool](pool.md) explains it.'),
    section('`hosts` of a summary', 'shared/result.ts', 'HostFigures', 'One for each host.'),
    '\n## `limit` of a summary\n\n`kind` says what limited the run: [the pool](pool.md#what-limits-a-run) has all of them.\n',
  ].join('');
}

const head = ['field', 'what it is', 'there'];

function section(title: string, file: string, name: string, words: string): string {
  return `\n## ${title}\n\n${words}\n\n${table(head, fieldsOf(file, name).map(cellsOf))}`;
}

function cellsOf({ name, type, isOptional, comment }: Field): string[] {
  if (comment === '') throw new Error(`The field ${name} has no comment: it says what the page says.`);
  const values = /^'[^']+'( \| '[^']+')*$/.test(type)
    ? ` (${type.replaceAll("'", '`').replaceAll(' | ', ', ')})`
    : '';
  return [`\`${name}\`${values}`, comment, isOptional ? 'sometimes' : 'always'];
}

/** What is declared to be given by some commands has to be a field. */
function assertNoneMore(fields: readonly Field[]): void {
  const names = new Set(fields.map(({ name }) => name));
  const gone = Object.keys(givenBy).filter((name) => !names.has(name));
  if (gone.length > 0) throw new Error(`There is no field ${gone.join(', ')} of results any more.`);
}
