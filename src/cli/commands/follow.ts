import { Command } from 'commander';
import { option } from '../flags/options.ts';
import type { FollowFlags } from './actions/queue/follow.ts';

/** `shoal follow`: shows a run that workers have, as if it were on this machine. */
export function followCommand(finish: (code: number) => void): Command {
  return new Command('follow')
    .description('follow a run that was handed out by a queue, to its end; Ctrl-C leaves it alone')
    .argument('<id>', 'the run, or the beginning of its id')
    .addOption(option.queueOfRun())
    .addOption(option.json())
    .action(async (id: string, flags: FollowFlags) => {
      const { follow } = await import('./actions/queue/follow.ts');
      finish(await follow(id, flags));
    });
}
