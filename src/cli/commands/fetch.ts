import { Command } from 'commander';
import { defaultFetchPoolSize, runFetches, UsageError } from '../../engine/index.ts';
import type { Box } from '../../shared/recipe.ts';
import { type FetchRequest, fetchRequestSchema, type UrlInput } from '../../shared/run-request.ts';
import { askPassword } from '../ask-password.ts';
import { fetchOptions } from '../fetch-options.ts';
import { option } from '../options.ts';
import { type RunFlags, runCommand } from '../run-command.ts';

export interface FetchFlags extends RunFlags {
  readonly out?: string;
  readonly perHost: number;
  readonly minGap?: number;
  readonly bandwidth?: number;
  readonly retries: number;
  readonly timeout: number;
  readonly minSpeed: number;
  readonly maxSize?: number;
  readonly maxRedirects: number;
  readonly thumbs?: Box | true;
  readonly originals: boolean;
  readonly dedupe?: 'link' | 'skip';
  readonly recheck: boolean;
  readonly respect?: ('robots' | 'noai')[];
  readonly private: 'typed' | 'deny';
  readonly header?: Readonly<Record<string, string>>;
  readonly userAgent?: string;
  readonly cookies?: string;
  readonly user?: string;
  readonly ca?: string;
  readonly retryFailed?: string;
}

const examples = `
Lists: text (one URL a line), CSV or TSV (with a header: url, name, sha256, md5, others are kept), JSON lines,
each also gzipped; ranges such as http://host/img[001-250].jpg anywhere.

Examples:
  shoal fetch urls.txt                          into downloads/; a second run skips what has not changed
  shoal fetch 'https://example.com/img[001-250].jpg' --out photos
  zcat huge.txt.gz | shoal fetch - --pool 64 --bandwidth 2M --json > report.ndjson
  shoal fetch --retry-failed report.ndjson
  shoal fetch urls.csv --no-originals --thumbs 256
  shoal fetch urls.txt --respect robots,noai --min-gap 1`;

export function fetchCommand(finish: (code: number) => void): Command {
  const command = new Command('fetch')
    .description('fetch lists of URLs to files, and their thumbnails if wanted')
    .argument('[input...]', 'URLs, list files, or - for a list on standard input')
    .addOption(option.out('downloads/'))
    .addOption(option.pool(String(defaultFetchPoolSize)));
  for (const each of fetchOptions) command.addOption(each);
  return command
    .addOption(option.force())
    .addOption(option.dryRun())
    .addOption(option.json())
    .addHelpText('after', examples)
    .action(async (inputs: string[], flags: FetchFlags) => {
      const request = await requestOf(inputs, flags);
      finish(await runCommand(flags, (options) => runFetches(request, options), defaultFetchPoolSize));
    });
}

/** @throws UsageError when nothing is named, or flags contradict each other. */
export async function requestOf(inputs: readonly string[], flags: FetchFlags): Promise<FetchRequest> {
  const named: UrlInput[] = inputs.map((value) => ({ kind: 'argument', value }));
  if (flags.retryFailed !== undefined) named.push({ kind: 'report', path: flags.retryFailed });
  if (named.length === 0) throw new UsageError('Expected URLs, a list file, or - for standard input.');
  if (!flags.originals && flags.thumbs === undefined) {
    throw new UsageError('--no-originals without --thumbs would leave nothing: add --thumbs.');
  }
  const { thumbs } = flags;
  return fetchRequestSchema.parse({
    kind: 'fetch',
    inputs: named,
    outputFolder: flags.out,
    recipe: {
      perHost: flags.perHost,
      minGap: flags.minGap,
      bandwidth: flags.bandwidth,
      retries: flags.retries,
      timeout: flags.timeout,
      minSpeed: flags.minSpeed,
      maxBytes: flags.maxSize,
      maxRedirects: flags.maxRedirects,
      thumbnail: thumbs === undefined ? undefined : thumbs === true ? {} : { box: thumbs },
      originals: flags.originals,
      dedupe: flags.dedupe,
      recheck: flags.recheck,
      respect: flags.respect,
      privateAddresses: flags.private,
      headers: flags.header,
      userAgent: flags.userAgent,
    },
    access: {
      user: flags.user,
      password: flags.user === undefined ? undefined : await askPassword(flags.user),
      cookieFile: flags.cookies,
      caFile: flags.ca,
    },
  });
}
