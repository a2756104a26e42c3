import { Command } from 'commander';
import { accessOptions, option } from '../flags/options.ts';
import type { LazyEngine } from '../process/lazy-engine.ts';
import type { WorkFlags } from './actions/queue/work.ts';

const examples = `
A worker takes the buckets of all runs that are handed out by its queue, until Ctrl-C or SIGTERM: then it hands back what it
has not finished. What gives access (a netrc file, headers ...) is given to each worker, and nowhere written down.

Examples:
  shoal work redis://queue:6379
  shoal work redis://queue:6379 --place /shared
  shoal work redis://queue:6379 --pool 64 --netrc --metrics 9464`;

/** `shoal work`: one of the workers of a queue. */
export function workCommand(finish: (code: number) => void, engine: LazyEngine): Command {
  const command = new Command('work')
    .description('work on the runs that are handed out by a queue (Redis or Valkey)')
    .argument('[queue]', 'its URL, such as redis://host:6379 (default: SHOAL_QUEUE)')
    .addOption(option.pool("the task's own"));
  command.addOption(option.metrics()).addOption(option.places());
  for (const each of accessOptions()) command.addOption(each);
  return command.addHelpText('after', examples).action(async (url: string | undefined, flags: WorkFlags) => {
    const { workForQueue } = await import('./actions/queue/work.ts');
    finish(await workForQueue(url, flags, await engine.get()));
  });
}
