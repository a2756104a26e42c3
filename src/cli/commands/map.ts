import { Command } from 'commander';
import { isForQueue } from '../flags/is-for-queue.ts';
import { mapRecipeOptions, option } from '../flags/options.ts';
import type { MapFlags } from './actions/map.ts';
import type { QueueRunFlags } from './actions/queue/run-in-queue.ts';

const examples = `
The function is applied to every item, in worker threads. It is the module's default export, or the one that is named
behind a #. A module may also export init, which is called once in each worker:
  // shout.mjs
  export default async (item, { index, signal, data, state, progress }) => item.toUpperCase();
  export const init = async ({ data }) => 'the state';
What it returns is written as it is; on a terminal control and invisible characters are escaped. What it prints itself
goes to standard error. A line on standard input ends with LF or CR LF, and with nothing else. A failed item is told
with the line of the module that threw; --verbose tells the whole stack.

Examples:
  shoal map ./shout.mjs one two three
  shoal map ./tasks.mjs#resize a.jpg b.jpg --options '{"width": 800}'
  find . -name '*.log' | shoal map ./count-errors.mjs - --pool 8 --json
  find . -name '*.jpg' -print0 | shoal map ./tag.mjs - --null --retries 2 --timeout 30
  shoal runs resume last              the rest of a run that was cut short`;

export function mapCommand(finish: (code: number) => void): Command {
  const command = new Command('map')
    .description('apply your own function to every item, results in order')
    .argument(
      '<module>',
      'a JavaScript or TypeScript module whose default export is the function, or module#name',
    )
    .argument('<item...>', 'the items, or - for one a line on standard input')
    .addOption(option.pool('auto, from the number of cores on'));
  for (const each of mapRecipeOptions()) command.addOption(each);
  return command
    .addOption(option.preset())
    .addOption(option.recipe())
    .addOption(option.order())
    .addOption(option.null())
    .addOption(option.shard())
    .addOption(option.journal())
    .addOption(option.json())
    .addOption(option.outOfQueue())
    .addOption(option.queue())
    .addOption(option.detach())
    .addHelpText('after', examples)
    .action(async (module: string, items: string[], flags: MapFlags & QueueRunFlags) => {
      if (isForQueue(flags) || flags.out !== undefined) {
        const { mapInQueue } = await import('./actions/queue/run-in-queue.ts');
        finish(await mapInQueue(module, items, flags));
        return;
      }
      const { runMap } = await import('./actions/map.ts');
      finish(await runMap(module, items, flags));
    });
}
