import Table from 'cli-table3';
import { Command } from 'commander';
import {
  type Box,
  findKnee,
  runFetches,
  runThumbnails,
  type Timing,
  tune,
  UsageError,
} from '../../engine/index.ts';
import { fetchRequestSchema, thumbnailRequestSchema } from '../../shared/run-request.ts';
import { exitCode } from '../exit-codes.ts';
import { perHostOption } from '../fetch-options.ts';
import { interruptSignal } from '../interrupt.ts';
import { option } from '../options.ts';
import { rate } from '../output/wording.ts';

interface TuneFlags {
  readonly sizes: number[];
  readonly json?: boolean;
}

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
    .action(async (paths: string[], flags: TuneFlags & { size?: readonly Box[] }) => {
      const signal = interruptSignal();
      const code = await runTune(flags, signal, true, (poolSize, outputFolder) => {
        const recipe = { box: flags.size?.[0] };
        const request = thumbnailRequestSchema.parse({ kind: 'thumbnails', paths, recipe, outputFolder });
        return runThumbnails(request, { poolSize, signal });
      });
      finish(code);
    });
}

function tuneFetchCommand(finish: (code: number) => void): Command {
  return new Command('fetch')
    .description('time fetches of the same list into folders that are removed afterwards; mind the servers')
    .argument('<input...>', 'URLs and list files')
    .addOption(option.sizes())
    .addOption(perHostOption().default(undefined, 'as many as the pool size'))
    .addOption(option.json())
    .action(async (inputs: string[], flags: TuneFlags & { perHost?: number }) => {
      if (inputs.includes('-'))
        throw new UsageError('Standard input can be read only once: put the list into a file.');
      const signal = interruptSignal();
      const code = await runTune(flags, signal, false, (poolSize, outputFolder) => {
        const request = fetchRequestSchema.parse({
          kind: 'fetch',
          inputs: inputs.map((value) => ({ kind: 'argument', value })),
          // With the usual limit for each host, a list of one host would tell nothing of the pool size.
          recipe: { perHost: flags.perHost ?? poolSize },
          outputFolder,
        });
        return runFetches(request, { poolSize, signal });
      });
      finish(code);
    });
}

async function runTune(
  flags: TuneFlags,
  signal: AbortSignal,
  warmUp: boolean,
  runOnce: Parameters<typeof tune>[0]['runOnce'],
): Promise<number> {
  const progress = (timing: Timing): void => {
    if (flags.json) process.stdout.write(`${JSON.stringify({ type: 'timing', ...timing })}\n`);
    else if (process.stderr.isTTY)
      process.stderr.write(`pool ${timing.poolSize}: ${timing.seconds.toFixed(2)} s\n`);
  };
  const timings = await tune({ sizes: flags.sizes, runOnce, warmUp, signal, onTiming: progress });
  if (signal.aborted) return exitCode.interrupted;
  const knee = findKnee(timings);
  if (flags.json)
    process.stdout.write(`${JSON.stringify({ type: 'knee', poolSize: knee?.poolSize ?? null })}\n`);
  else process.stdout.write(`${timingTable(timings, knee)}\n`);
  return timings.some(({ failed }) => failed > 0) ? exitCode.someFailed : exitCode.fine;
}

function timingTable(timings: readonly Timing[], knee: Timing | undefined): string {
  const table = new Table({
    head: ['pool size', 'seconds', 'items/s', 'speed-up', ''],
    colAligns: ['right', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [] },
  });
  for (const timing of timings) {
    const { poolSize, seconds, perSecond, speedUp, failed } = timing;
    const remark = [timing === knee ? '← knee' : '', failed > 0 ? `${failed} failed` : '']
      .filter(Boolean)
      .join(', ');
    table.push([poolSize, seconds.toFixed(2), rate(perSecond), `${speedUp.toFixed(2)}×`, remark]);
  }
  const advice = knee
    ? `\nThe knee is ${knee.poolSize}: the smallest pool size within 10 % of the fastest. Use --pool ${knee.poolSize}.`
    : '';
  return table.toString() + advice;
}
