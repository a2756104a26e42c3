import { Command } from 'commander';
import { readFormats, unreadFormats } from '../../shared/image-formats.ts';
import { automaticCeilings, usualPools } from '../../shared/settings/pool-sizes.ts';
import { isForQueue } from '../flags/is-for-queue.ts';
import { option, setOptions, thumbnailOptions, walkOptions } from '../flags/options.ts';
import type { LazyEngine } from '../process/lazy-engine.ts';
import type { QueueRunFlags } from './actions/queue/run-in-queue.ts';
import type { ThumbsFlags } from './actions/thumbs.ts';

const examples = (): string => `
Read: ${readFormats('and')}. Videos need ffmpeg.
Not read: ${unreadFormats()}: a folder's are counted in a warning.
Where a name tells no format that is read, the first bytes of the file do: a JPEG named .tga is taken.
Folders that systems keep for themselves (@eaDir, #recycle, $RECYCLE.BIN ...) are passed over unless given themselves.

Examples:
  shoal thumbs photos                       75×75 thumbnails into photos/thumbs/
  shoal thumbs photos --size 320x240 --format webp --out web
  shoal thumbs photos --size 75 --size 320x240    photo-75x75.jpg and photo-320x240.jpg, from one decode
  shoal thumbs photos --preset web          three sizes as WebP, for srcset
  shoal thumbs a.jpg b.png --json           one JSON object an image
  shoal thumbs photos --match '*.jpg' --exclude cache --dry-run`;

export function thumbsCommand(finish: (code: number) => void, lazyEngine: LazyEngine): Command {
  const command = new Command('thumbs')
    .description('make thumbnails of folders of images')
    .argument('<path...>', 'folders and image files');
  for (const each of thumbnailOptions()) command.addOption(each);
  command.addOption(option.out('thumbs/ inside each folder'));
  for (const each of walkOptions()) command.addOption(each);
  for (const each of setOptions()) command.addOption(each);
  return command
    .addOption(option.preset())
    .addOption(option.recipe())
    .addOption(option.folderSettings())
    .addOption(option.pool('auto, from the number of cores on'))
    .addOption(option.force())
    .addOption(option.durable())
    .addOption(option.shard())
    .addOption(option.dryRun())
    .addOption(option.journal())
    .addOption(option.json())
    .addOption(option.timings())
    .addOption(option.queue())
    .addOption(option.detach())
    .addHelpText('after', examples)
    .action(async (paths: string[], flags: ThumbsFlags & QueueRunFlags) => {
      if (isForQueue(flags)) {
        const { thumbsInQueue } = await import('./actions/queue/run-in-queue.ts');
        finish(await thumbsInQueue(paths, flags));
        return;
      }
      // The threads boot on another core while the rest of the program loads on this one.
      const engine = await lazyEngine.get();
      if (!flags.dryRun) engine.startWorkers({ kind: 'thumbnails', ...threadsOf(flags) });
      const { makeThumbnails } = await import('./actions/thumbs.ts');
      finish(await makeThumbnails(paths, flags, engine));
    });
}

function threadsOf({ pool }: ThumbsFlags): { threads?: number } {
  const wanted = pool ?? usualPools.thumbnails;
  if (wanted === 'usual') return {};
  return { threads: wanted === 'auto' ? automaticCeilings.thumbnails : wanted };
}
