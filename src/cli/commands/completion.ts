import { Argument, Command, InvalidArgumentError } from 'commander';

const shells = ['bash', 'zsh', 'fish'] as const;

const examples = `
Examples:
  shoal completion bash > ~/.local/share/bash-completion/completions/shoal
  shoal completion zsh > "\${fpath[1]}/_shoal"
  shoal completion fish > ~/.config/fish/completions/shoal.fish
  source <(shoal completion bash)    in this shell only`;

/** `shoal completion`: what completes commands, flags and their values in a shell. */
export function completionCommand(finish: (code: number) => void): Command {
  return new Command('completion')
    .description('print the completion of commands, flags and values for a shell')
    .addArgument(new Argument('<shell>', 'the shell that it is for').choices(shells).argParser(shellOrList))
    .addHelpText('after', examples)
    .action(async (shell: string, _flags: object, command: Command) => {
      const { complete } = await import('./actions/completion/complete.ts');
      finish(await complete(shell, command.parent ?? command));
    });
}

/** The scripts ask for presets and the ids of runs, which come and go; nobody else does. */
function shellOrList(text: string): string {
  if (text === 'runs' || text === 'presets' || shells.some((shell) => shell === text)) return text;
  throw new InvalidArgumentError(`Allowed choices are ${shells.join(', ')}.`);
}
