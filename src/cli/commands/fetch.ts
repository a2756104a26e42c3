import { Command } from 'commander';
import { defaultFetchPoolSize } from '../../shared/settings/choices.ts';
import { isForQueue } from '../flags/is-for-queue.ts';
import { fetchOptions, option } from '../flags/options.ts';
import type { LazyEngine } from '../process/lazy-engine.ts';
import type { FetchFlags } from './actions/fetch.ts';
import type { QueueRunFlags } from './actions/queue/run-in-queue.ts';

const examples = `
Lists: text (one URL a line), CSV or TSV (with a header: url, name, sha256, md5, others are kept), JSON lines,
each also gzipped, and Parquet; ranges such as http://host/img[001-250].jpg anywhere.

Examples:
  shoal fetch urls.txt                          into downloads/; a second run skips what has not changed
  shoal fetch 'https://example.com/img[001-250].jpg' --out photos
  zcat huge.txt.gz | shoal fetch - --pool 64 --bandwidth 2M --json > report.ndjson
  shoal fetch --retry-failed report.ndjson
  shoal fetch urls.csv --no-originals --thumbs 256
  shoal fetch urls.parquet --dataset webdataset --out s3://bucket/set
  shoal fetch urls.txt --respect robots,noai --min-gap 1`;

export function fetchCommand(finish: (code: number) => void, engine: LazyEngine): Command {
  const command = new Command('fetch')
    .description('fetch lists of URLs to files, and their thumbnails if wanted')
    .argument('[input...]', 'URLs, list files, or - for a list on standard input')
    .addOption(option.out('downloads/'))
    .addOption(option.pool(`auto, from ${defaultFetchPoolSize} on`));
  for (const each of fetchOptions()) command.addOption(each);
  return command
    .addOption(option.preset())
    .addOption(option.recipe())
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
    .action(async (inputs: string[], flags: FetchFlags & QueueRunFlags) => {
      if (isForQueue(flags)) {
        const { fetchInQueue } = await import('./actions/queue/run-in-queue.ts');
        finish(await fetchInQueue(inputs, flags));
        return;
      }
      const { fetchUrls } = await import('./actions/fetch.ts');
      finish(await fetchUrls(inputs, flags, await engine.get()));
    });
}
