import { type LivePoolSize, wantedPoolSize } from '../../../engine/engine.ts';
import type { JournalOptions, RunOptions } from '../../../engine/index.ts';
import type { FetchRequest, ThumbnailRequest, UrlInput } from '../../../shared/requests.ts';
import type { ItemResult, Summary } from '../../../shared/result.ts';
import { withoutCredentials, withoutQuery } from '../../../shared/without-secrets.ts';
import type { PoolFlag } from '../../flags/pool-flag.ts';
import { chooseReporter } from '../../output/choose-reporter.ts';
import type { Reporter } from '../../output/reporter.ts';
import { out } from '../../output/streams.ts';
import { runTitle } from '../../output/wording.ts';

/** The flags that every run takes. */
export interface RunFlags {
  readonly pool?: PoolFlag;
  readonly json?: boolean;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  readonly durable?: boolean;
  readonly shard?: string;
  readonly journal?: boolean;
  readonly timings?: boolean;
}

/** What a retry adds to a run: the items that it is limited to, and which run they are of. */
export type Again = Pick<RunOptions, 'only'> & Pick<JournalOptions, 'retryOf' | 'title'>;

/** How a run is made that a reporter tells of, by its flags. */
interface ReportedRun {
  readonly poolSize: LivePoolSize;
  readonly reporter: Reporter;
  /** For the engine: all is told but results. */
  readonly options: RunOptions;
  readonly tellResult: (result: ItemResult) => void;
  /** The last of it. */
  readonly tellSummary: (summary: Summary) => void;
}

interface Circumstances extends Partial<Again> {
  readonly signal: AbortSignal;
}

export async function reportedRun(
  request: ThumbnailRequest | FetchRequest,
  flags: RunFlags,
  { signal, only, ...again }: Circumstances,
): Promise<ReportedRun> {
  const poolSize = wantedPoolSize(request.kind, flags.pool);
  const reporter = await chooseReporter(flags, poolSize);
  let planned: number | undefined;
  const onTotal = (total: number, final: boolean): void => {
    if (final) planned = total;
    reporter.total?.(total);
  };
  return {
    poolSize,
    reporter,
    options: {
      poolSize,
      signal,
      force: flags.force ?? false,
      dryRun: flags.dryRun ?? false,
      ...(flags.journal !== false && { journal: journalOf(request, again) }),
      ...(only && { only }),
      timings: flags.timings ?? false,
      ...(reporter.total && { onTotal }),
      ...(reporter.limit && { onLimit: (limit) => reporter.limit?.(limit) }),
      onRemoved: (removed) => reporter.removed?.(removed),
      onWarning: (warning) => reporter.warning(warning),
    },
    tellResult: (result) => {
      reporter.result(result);
      waitForReader(poolSize);
    },
    tellSummary: (summary) => reporter.summary(summary, signal.aborted ? { planned } : undefined),
  };
}

/** What a list of runs calls one: `thumbs photos`, `fetch urls.txt and 2 more`. */
export function titleOf(request: ThumbnailRequest | FetchRequest): string {
  return request.kind === 'thumbnails'
    ? runTitle('thumbs', [...request.paths, ...(request.list ? ['-'] : [])])
    : runTitle(
        'fetch',
        request.inputs.map((input) => nameOf(input, request.recipe.redact)),
      );
}

/** What the journal of a run of the command line says. */
function journalOf(
  request: ThumbnailRequest | FetchRequest,
  { title = titleOf(request), retryOf }: Partial<Again>,
): JournalOptions {
  return { front: 'terminal', title, ...(retryOf && { retryOf }) };
}

/** Without what gives access: what is cut in the middle of a password later has no sign of being one. */
function nameOf(input: UrlInput, redact: boolean): string {
  if (input.kind === 'text') return 'a text';
  if (input.kind === 'report') return input.path;
  const name = withoutCredentials(input.value);
  return redact && name.includes('://') ? withoutQuery(name) : name;
}

/** Pauses the run while the reader of our pipe is behind; otherwise a million results would wait in memory. */
function waitForReader(poolSize: LivePoolSize): void {
  if (!out.isBehind || poolSize.paused) return;
  poolSize.pause();
  out.onceCaughtUp(() => poolSize.resume());
}
