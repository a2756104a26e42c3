import { Command } from 'commander';
import { fetchOptions, option } from '../flags/options.ts';
import type { TuneFetchFlags, TuneThumbsFlags } from './actions/tune.ts';

/** `shoal tune thumbs|fetch`: the article's experiment, on the person's own input. */
export function tuneCommand(finish: (code: number) => void): Command {
  return new Command('tune')
    .description('time each pool size on your own input, print the table and name the knee')
    .addCommand(tuneThumbsCommand(finish))
    .addCommand(tuneFetchCommand(finish));
}

function tuneThumbsCommand(finish: (code: number) => void): Command {
  return new Command('thumbs')
    .description('time thumbnails; once more beforehand, uncounted, to warm the disk cache')
    .argument('<path...>', 'folders and image files')
    .addOption(option.sizes())
    .addOption(option.size())
    .addOption(option.json())
    .action(async (paths: string[], flags: TuneThumbsFlags) => {
      const { tuneThumbs } = await import('./actions/tune.ts');
      finish(await tuneThumbs(paths, flags));
    });
}

function tuneFetchCommand(finish: (code: number) => void): Command {
  const command = new Command('fetch')
    .description('time fetching: everything is fetched anew once a pool size, into a folder that is removed')
    .argument('<input...>', 'URLs and list files')
    .addOption(option.sizes())
    .addOption(option.json());
  for (const each of fetchOptions()) command.addOption(each);
  return command.action(async (inputs: string[], flags: TuneFetchFlags) => {
    const { tuneFetch } = await import('./actions/tune.ts');
    finish(await tuneFetch(inputs, flags));
  });
}
