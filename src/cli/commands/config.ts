import { Command } from 'commander';
import { option } from '../flags/options.ts';

const examples = `
A default for any flag may stand in a file, shoal.json, in sections for all commands and for each; its keys are the
flags without dashes. A variable SHOAL_<FLAG> goes before the file, and a flag before both:
  { "all": { "pool": 8 }, "thumbs": { "size": "320x240", "format": "webp" }, "fetch": { "per-host": 4 } }
  SHOAL_POOL=8 shoal thumbs photos

Examples:
  shoal config                      what is set, and where
  $EDITOR "$(shoal config path)"    change it
  shoal config schema > schema.json for editors: name it in "$schema"`;

/** `shoal config`: the defaults of this person, and where they are from. */
export function configCommand(finish: (code: number) => void): Command {
  return new Command('config')
    .description('tell which defaults the environment and shoal.json give, and where that is')
    .addCommand(showCommand(finish), { isDefault: true })
    .addCommand(
      new Command('path')
        .description('the path of shoal.json, whether it is there or not')
        .action(async () => {
          const { tellPath } = await import('./actions/config/show-config.ts');
          finish(tellPath());
        }),
    )
    .addCommand(
      new Command('schema')
        .description('the JSON schema of shoal.json, for editors')
        .action(async (_flags: object, command: Command) => {
          const { configSchema } = await import('./actions/config/config-schema.ts');
          const { out } = await import('../output/streams.ts');
          out.text(JSON.stringify(configSchema(rootOf(command)), null, 2));
          finish(0);
        }),
    )
    .addHelpText('after', examples);
}

function showCommand(finish: (code: number) => void): Command {
  return new Command('show')
    .description('what is set, and where')
    .argument('[folder]', 'a folder with a shoal.json of its own, which shoal thumbs would be given')
    .addOption(option.json())
    .action(async (folder: string | undefined, flags: { readonly json?: boolean }, command: Command) => {
      const { showConfig } = await import('./actions/config/show-config.ts');
      finish(showConfig(rootOf(command), folder, flags));
    });
}

function rootOf(command: Command): Command {
  return command.parent ? rootOf(command.parent) : command;
}
