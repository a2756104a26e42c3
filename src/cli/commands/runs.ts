import { Command } from 'commander';
import { accessOptions, option } from '../flags/options.ts';
import type { LazyEngine } from '../process/lazy-engine.ts';
import type { RetryFlags } from './actions/runs/retry-run.ts';

const examples = `
A run is named by its id, the beginning of an id, or last.

Examples:
  shoal runs                          the newest runs
  shoal runs retry last               what failed or was cancelled in the last run, and what a kill left
  shoal runs retry last --only HTTP_429
  shoal runs redis://queue:6379       the runs that workers have
  shoal runs undo 20261128-1502       remove what that run made`;

type Finish = (code: number) => void;
interface JsonFlags {
  readonly json?: boolean;
}

/** `shoal runs …`: what former runs have done, from their journals. */
export function runsCommand(finish: Finish, engine: LazyEngine): Command {
  return new Command('runs')
    .description('tell what former runs have done; retry, resume, undo and compare them')
    .addCommand(listCommand(finish), { isDefault: true })
    .addCommand(showCommand(finish))
    .addCommand(retryCommand(finish, engine))
    .addCommand(resumeCommand(finish, engine))
    .addCommand(cancelCommand(finish))
    .addCommand(undoCommand(finish))
    .addCommand(diffCommand(finish))
    .addHelpText('after', examples);
}

function listCommand(finish: Finish): Command {
  return new Command('list')
    .description('the newest runs, as a table')
    .argument('[queue]', 'a queue such as redis://host:6379, for the runs that are handed out by it')
    .addOption(option.json())
    .action(async (queue: string | undefined, flags: JsonFlags) => {
      if (queue !== undefined) {
        const { listQueuedRuns } = await import('./actions/queue/queue-runs.ts');
        finish(await listQueuedRuns(queue, flags));
        return;
      }
      const { listRuns } = await import('./actions/runs/list-runs.ts');
      finish(await listRuns(flags));
    });
}

function showCommand(finish: Finish): Command {
  return new Command('show')
    .description('totals, settings that are not the defaults, and causes of failure')
    .argument('<id>', 'the run')
    .addOption(option.html())
    .addOption(option.json())
    .action(async (id: string, flags: JsonFlags & { readonly html?: string }) => {
      const { showRun } = await import('./actions/runs/show-run.ts');
      finish(await showRun(id, flags));
    });
}

function retryCommand(finish: Finish, engine: LazyEngine): Command {
  return withRunOptions(new Command('retry'))
    .description('do again what failed or was cancelled, and what a run that was cut short did not come to')
    .addOption(option.only())
    .addOption(option.queueOfRun())
    .action(async (id: string, flags: RetryFlags & { readonly queue?: string }) => {
      const { wasHandedOut } = await import('./actions/queue/queue-url.ts');
      if (flags.queue !== undefined || wasHandedOut(id)) {
        const { retryQueuedRun } = await import('./actions/queue/queue-runs.ts');
        finish(await retryQueuedRun(id, flags));
        return;
      }
      const { retryRun } = await import('./actions/runs/retry-run.ts');
      finish(await retryRun(id, flags, await engine.get()));
    });
}

function resumeCommand(finish: Finish, engine: LazyEngine): Command {
  return withRunOptions(new Command('resume'))
    .description('do the rest of a run that was cut short')
    .action(async (id: string, flags: RetryFlags) => {
      const { wasHandedOut } = await import('./actions/queue/queue-url.ts');
      if (wasHandedOut(id)) {
        const { follow } = await import('./actions/queue/follow.ts');
        finish(await follow(id, flags));
        return;
      }
      const { resumeRun } = await import('./actions/runs/retry-run.ts');
      finish(await resumeRun(id, flags, await engine.get()));
    });
}

function cancelCommand(finish: Finish): Command {
  return new Command('cancel')
    .description('end a run that was handed out by a queue, for all workers')
    .argument('<id>', 'the run')
    .addOption(option.queueOfRun())
    .action(async (id: string, flags: { readonly queue?: string }) => {
      const { cancelRun } = await import('./actions/queue/queue-runs.ts');
      finish(await cancelRun(id, flags));
    });
}

function undoCommand(finish: Finish): Command {
  return new Command('undo')
    .description('remove the files that a run made, where they are as it made them; asks first')
    .argument('<id>', 'the run')
    .addOption(option.yes())
    .addOption(option.json())
    .action(async (id: string, flags: JsonFlags) => {
      const { undoFormerRun } = await import('./actions/runs/undo-run.ts');
      finish(await undoFormerRun(id, flags));
    });
}

function diffCommand(finish: Finish): Command {
  return new Command('diff')
    .description('the items whose status, code of failure, bytes or dimensions differ')
    .argument('<a>', 'a run')
    .argument('<b>', 'another')
    .addOption(option.json())
    .action(async (a: string, b: string, flags: JsonFlags) => {
      const { diffRuns } = await import('./actions/runs/diff-runs.ts');
      finish(diffRuns(a, b, flags));
    });
}

/** What a run takes that is begun by a former one. */
function withRunOptions(command: Command): Command {
  command.argument('<id>', 'the run').addOption(option.pool("the task's own"));
  for (const each of accessOptions()) command.addOption(each);
  return command
    .addOption(option.dataAgain())
    .addOption(option.force())
    .addOption(option.journal())
    .addOption(option.json());
}
