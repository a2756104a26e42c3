import { type CommandCompletion, type FlagCompletion, type Values, withFurther } from './completions.ts';

/** The completion for fish. */
export function fishScript(program: CommandCompletion): string {
  const commands = withFurther(program);
  const paths = commands.filter(({ path }) => path !== '').map(({ path }) => quoted(path));
  return `# Completion of shoal for fish, written by: shoal completion fish
function __shoal_at
    set -l command ''
    for word in (commandline -opc)[2..]
        set -l next (string trim "$command $word")
        contains -- $next ${paths.join(' ')}; and set command $next
    end
    test "$command" = "$argv[1]"
end

complete -c shoal -f
${commands.flatMap(linesOf).join('\n')}
`;
}

function linesOf({ path, flags, further, values }: CommandCompletion): string[] {
  const at = `complete -c shoal -n ${quoted(`__shoal_at ${quoted(path)}`)}`;
  return [
    ...further.map((each) => `${at} -a ${each.path.split(' ').at(-1)} -d ${quoted(each.help)}`),
    ...(further.length > 0 ? [] : values.slice(0, 1).flatMap((each) => argumentOf(at, each))),
    ...flags.map((flag) => `${at} -l ${flag.flag.slice(2)}${valueWords(flag)} -d ${quoted(flag.help)}`),
  ];
}

function argumentOf(at: string, values: Values): string[] {
  if (values === 'free') return [];
  return [`${at}${values === 'files' ? ' -F' : ` -a ${offered(values)}`}`];
}

/** fish knows no value that may be left out: such a flag is completed as one without. */
function valueWords({ takes, values }: FlagCompletion): string {
  if (takes !== 'a value') return '';
  if (values === 'files') return ' -r -F';
  return values === 'free' ? ' -x' : ` -x -a ${offered(values)}`;
}

function offered(values: Exclude<Values, 'files' | 'free'>): string {
  if (values === 'runs') return quoted("last\\t'the newest run' (shoal completion runs 2>/dev/null)");
  if (values === 'presets') return quoted('(shoal completion presets 2>/dev/null)');
  return quoted(values === 'folders' ? '(__fish_complete_directories)' : values.join(' '));
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
