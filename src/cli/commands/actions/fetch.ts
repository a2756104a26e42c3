import { type Engine, type Fit, type OutputFormat, UsageError } from '../../../engine/index.ts';
import type { Box } from '../../../shared/boxes.ts';
import { defaultFetchPoolSize } from '../../../shared/choices.ts';
import { type FetchRequest, fetchRequestSchema, type UrlInput } from '../../../shared/requests.ts';
import { checked } from '../../flags/checked.ts';
import { type RunFlags, runCommand } from './run-command.ts';

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
  readonly fit?: Fit;
  readonly format?: OutputFormat;
  readonly quality?: number;
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
  readonly redact?: boolean;
  readonly retryFailed?: string;
}

/**
 * `shoal fetch`.
 * @returns the exit code.
 */
export async function fetchUrls(
  inputs: readonly string[],
  flags: FetchFlags,
  engine: Engine,
): Promise<number> {
  return runCommand(engine, await requestOf(inputs, flags), flags, defaultFetchPoolSize);
}

/** @throws UsageError when nothing is named, or flags contradict each other. */
export async function requestOf(inputs: readonly string[], flags: FetchFlags): Promise<FetchRequest> {
  const named: UrlInput[] = inputs.map((value) => ({ kind: 'argument', value }));
  if (flags.retryFailed !== undefined) named.push({ kind: 'report', path: flags.retryFailed });
  if (named.length === 0) throw new UsageError('Expected URLs, a list file, or - for standard input.');
  if (!flags.originals && flags.thumbs === undefined) {
    throw new UsageError('--no-originals without --thumbs would leave nothing: add --thumbs.');
  }
  const { thumbs, fit, format, quality } = flags;
  if (thumbs === undefined && (fit ?? format ?? quality) !== undefined) {
    throw new UsageError('--fit, --format and --quality are of thumbnails: add --thumbs.');
  }
  return checked(fetchRequestSchema, {
    kind: 'fetch',
    inputs: named,
    outputFolder: flags.out,
    durable: flags.durable,
    recipe: {
      perHost: flags.perHost,
      minGap: flags.minGap,
      bandwidth: flags.bandwidth,
      retries: flags.retries,
      timeout: flags.timeout,
      minSpeed: flags.minSpeed,
      maxBytes: flags.maxSize,
      maxRedirects: flags.maxRedirects,
      thumbnail:
        thumbs === undefined
          ? undefined
          : { box: thumbs === true ? undefined : thumbs, fit, format, quality },
      originals: flags.originals,
      dedupe: flags.dedupe,
      recheck: flags.recheck,
      respect: flags.respect,
      privateAddresses: flags.private,
      headers: flags.header,
      userAgent: flags.userAgent,
      redact: flags.redact,
    },
    access: {
      user: flags.user,
      password: flags.user === undefined ? undefined : await passwordOf(flags.user),
      cookieFile: flags.cookies,
      caFile: flags.ca,
    },
  });
}

/** What asks on a terminal is loaded where it has to. */
async function passwordOf(user: string): Promise<string> {
  const { askPassword } = await import('../../process/ask-password.ts');
  return askPassword(user);
}
