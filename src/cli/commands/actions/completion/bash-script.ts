import { type CommandCompletion, type FlagCompletion, type Values, withFurther } from './completions.ts';

/** The completion for bash, also for that of macOS (3.2), and without its package bash-completion. */
export function bashScript(program: CommandCompletion): string {
  const commands = withFurther(program);
  const paths = commands.filter(({ path }) => path !== '').map(({ path }) => `'${path}'`);
  const flags = new Map(commands.flatMap((command) => command.flags.map((flag) => [flag.flag, flag])));
  const withValues = [...flags.values()].filter(({ takes }) => takes !== 'nothing');
  return `# Completion of shoal for bash, written by: shoal completion bash
_shoal_words() { COMPREPLY=($(compgen -W "$1" -- "$current")); }
_shoal_files() { compopt -o filenames 2>/dev/null; local IFS=$'\\n'; COMPREPLY=($(compgen -f -- "$current")); }
_shoal_folders() { compopt -o filenames 2>/dev/null; local IFS=$'\\n'; COMPREPLY=($(compgen -d -- "$current")); }
# Names may have spaces and quotes: they are offered as the shell has to get them.
_shoal_presets() {
  local name task
  while IFS=$'\\t' read -r name task; do
    [[ " $command " == *" $task "* || $command == 'presets show' || $command == 'presets remove' ]] || continue
    [[ $name == "\${current//\\\\/}"* ]] && COMPREPLY+=("$(printf %q "$name")")
  done < <(shoal completion presets 2>/dev/null)
}
_shoal_runs() { _shoal_words "last $(shoal completion runs 2>/dev/null | cut -f 1)"; }

_shoal() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command='' at
  # The shell takes --flag=value apart.
  if [[ $current == = ]]; then current=''
  elif [[ $before == = ]]; then before=\${COMP_WORDS[COMP_CWORD-2]}; fi
  for ((at = 1; at < COMP_CWORD; at++)); do
    case "\${command:+$command }\${COMP_WORDS[at]}" in
      ${paths.join('|')}) command="\${command:+$command }\${COMP_WORDS[at]}" ;;
    esac
  done
  COMPREPLY=()
  case "$before" in
${withValues.map(valueCase).join('\n')}
  esac
  case "$command" in
${commands.map(commandCase).join('\n')}
  esac
}
complete -F _shoal shoal
`;
}

function valueCase({ flag, takes, values }: FlagCompletion): string {
  // What may follow without being its value is offered all the same.
  if (takes === 'maybe' && values === 'free') return `    ${flag}) ;;`;
  return `    ${flag}) ${offer(values)}; return ;;`;
}

function commandCase({ path, flags, further, values }: CommandCompletion): string {
  const names = further.map((each) => each.path.split(' ').at(-1));
  const words = flags.map(({ flag }) => flag).join(' ');
  const arguments_ = names.length > 0 ? offer(names.map(String)) : offer(values[0] ?? 'free');
  return `    '${path}') if [[ $current == -* ]]; then _shoal_words '${words}'; else ${arguments_}; fi ;;`;
}

function offer(values: Values): string {
  switch (values) {
    case 'free':
      return ':';
    case 'files':
    case 'folders':
    case 'presets':
    case 'runs':
      return `_shoal_${values}`;
    default:
      return `_shoal_words '${values.join(' ')}'`;
  }
}
