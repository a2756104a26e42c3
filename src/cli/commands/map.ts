import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { ItemError, mapStream, UsageError } from '../../engine/index.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { interruptSignal } from '../interrupt.ts';
import { option } from '../options.ts';
import { mapReporter } from '../output/map-reporter.ts';

interface MapFlags {
  readonly pool?: number;
  readonly json?: boolean;
}

const examples = `
The module's default export is applied to every item, in worker threads:
  // shout.mjs
  export default async (item, { index, signal }) => item.toUpperCase();

Examples:
  shoal map ./shout.mjs one two three
  find . -name '*.log' | shoal map ./count-errors.mjs - --pool 8 --json`;

export function mapCommand(finish: (code: number) => void): Command {
  return new Command('map')
    .description('apply your own function to every item, results in order')
    .argument('<module>', 'a JavaScript module whose default export is the function')
    .argument('<item...>', 'the items, or - for one a line on standard input')
    .addOption(option.pool('the number of cores'))
    .addOption(option.json())
    .addHelpText('after', examples)
    .action(async (module: string, items: string[], flags: MapFlags) => {
      finish(await runMap(module, items, flags));
    });
}

async function runMap(module: string, items: string[], flags: MapFlags): Promise<number> {
  const signal = interruptSignal();
  const reporter = mapReporter(flags);
  const source = items.length === 1 && items[0] === '-' ? standardInput(signal) : items;
  const poolSize = flags.pool ?? availableParallelism();
  try {
    for await (const result of mapStream<string>(resolve(module), source, { poolSize, signal })) {
      reporter.result(result);
    }
  } catch (error) {
    if (!signal.aborted) throw asUsage(error);
  }
  return exitCodeOf(reporter.summary(), signal);
}

/** A module that cannot be loaded is wrong usage: nothing was started. */
function asUsage(error: unknown): unknown {
  if (!(error instanceof ItemError)) return error;
  return new UsageError(error.message, { cause: error });
}

async function* standardInput(signal: AbortSignal): AsyncGenerator<string> {
  // The signal, because a writer that says nothing more must not keep us after Ctrl-C.
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity, signal })) {
    if (line !== '') yield line;
  }
}
