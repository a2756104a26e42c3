import { type CommandCompletion, type FlagCompletion, type Values, withFurther } from './completions.ts';

/** The completion for zsh: a function for each command. */
export function zshScript(program: CommandCompletion): string {
  return `#compdef shoal
# Completion of shoal for zsh, written by: shoal completion zsh

_shoal_of_runs() {
  local -a runs
  runs=('last:the newest run' \${(f)"$(shoal completion runs 2>/dev/null | sed 's/:/\\\\:/g; s/\\t/:/')"})
  _describe -t runs run runs
}

_shoal_of_presets() {
  local -a presets
  presets=(\${(f)"$(shoal completion presets 2>/dev/null | sed 's/:/\\\\:/g; s/\\t/:/')"})
  _describe -t presets preset presets
}

${withFurther(program).map(functionOf).join('\n\n')}

if [ "$funcstack[1]" = "_shoal" ]; then _shoal "$@"; else compdef _shoal shoal; fi
`;
}

const nameOf = (path: string): string => ['_shoal', ...path.split(' ').filter(Boolean)].join('_');

function functionOf({ path, flags, further, values }: CommandCompletion): string {
  const specs = flags.map(specOf);
  if (further.length === 0) {
    const places = values.map((each, at) => {
      const isLast = at === values.length - 1;
      return `'${isLast ? '*' : at + 1}:value:${actionOf(each)}'`;
    });
    return `${nameOf(path)}() {
  _arguments -s \\
    ${[...specs, ...places].join(' \\\n    ')}
}`;
  }
  const described = further.map((each) =>
    quoted(`${lastWord(each.path)}:${each.help.replaceAll(':', '\\:')}`),
  );
  const cases = further.map((each) => `        ${lastWord(each.path)}) ${nameOf(each.path)} ;;`);
  return `${nameOf(path)}() {
  local curcontext="$curcontext" state line
  typeset -A opt_args
  _arguments -C -s \\
    ${specs.join(' \\\n    ')} \\
    '1: :->command' '*:: :->rest'
  case $state in
    command)
      local -a commands
      commands=(
        ${described.join('\n        ')}
      )
      _describe -t commands command commands ;;
    rest)
      case $words[1] in
${cases.join('\n')}
      esac ;;
  esac
}`;
}

const lastWord = (path: string): string => path.split(' ').at(-1) ?? '';

function specOf({ flag, help, takes, values, isRepeatable }: FlagCompletion): string {
  const told = help.replace(/[[\]:]/g, '\\$&');
  const value = takes === 'nothing' ? '' : `${takes === 'maybe' ? '::' : ':'}value:${actionOf(values)}`;
  return quoted(`${isRepeatable ? '*' : ''}${flag}[${told}]${value}`);
}

function actionOf(values: Values): string {
  switch (values) {
    case 'free':
      return ' ';
    case 'files':
      return '_files';
    case 'folders':
      return '_files -/';
    case 'presets':
      return '_shoal_of_presets';
    case 'runs':
      return '_shoal_of_runs';
    default:
      return `(${values.join(' ')})`;
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
