import { Command } from 'commander';
import { fetchOptions, option } from '../flags/options.ts';
import type { LazyEngine } from '../process/lazy-engine.ts';
import type { TuneFetchFlags, TuneThumbsFlags } from './actions/tune.ts';

/** `shoal tune thumbs|fetch`: times each pool size on the user's own input. */
export function tuneCommand(finish: (code: number) => void, engine: LazyEngine): Command {
  return new Command('tune')
    .description('time each pool size on your own input, print the table and name the knee')
    .addCommand(tuneThumbsCommand(finish, engine))
    .addCommand(tuneFetchCommand(finish, engine));
}

function tuneThumbsCommand(finish: (code: number) => void, engine: LazyEngine): Command {
  return new Command('thumbs')
    .description('time thumbnails; once more beforehand, uncounted, to warm the disk cache')
    .argument('<path...>', 'folders and image files')
    .addOption(option.sizes())
    .addOption(option.chart())
    .addOption(option.size())
    .addOption(option.preset())
    .addOption(option.recipe())
    .addOption(option.json())
    .action(async (paths: string[], flags: TuneThumbsFlags) => {
      const { tuneThumbs } = await import('./actions/tune.ts');
      finish(await tuneThumbs(paths, flags, await engine.get()));
    });
}

function tuneFetchCommand(finish: (code: number) => void, engine: LazyEngine): Command {
  const command = new Command('fetch')
    .description(
      'time fetching: everything is fetched anew for each pool size (for 10 s at most), into a folder that is removed',
    )
    .argument('<input...>', 'URLs and list files')
    .addOption(option.sizes())
    .addOption(option.chart())
    .addOption(option.preset())
    .addOption(option.recipe())
    .addOption(option.json());
  for (const each of fetchOptions()) command.addOption(each);
  return command.action(async (inputs: string[], flags: TuneFetchFlags) => {
    const { tuneFetch } = await import('./actions/tune.ts');
    finish(await tuneFetch(inputs, flags, await engine.get()));
  });
}
