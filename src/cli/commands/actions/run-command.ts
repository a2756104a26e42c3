import { type Engine, type LivePoolSize, wantedPoolSize } from '../../../engine/engine.ts';
import type { JournalOptions, RunOptions } from '../../../engine/index.ts';
import type { PlannedItems } from '../../../engine/run/front-ends/index.ts';
import type { FetchRequest, ThumbnailRequest, UrlInput } from '../../../shared/requests.ts';
import { withoutCredentials, withoutQuery } from '../../../shared/without-secrets.ts';
import type { PoolFlag } from '../../flags/pool-flag.ts';
import { chooseReporter } from '../../output/choose-reporter.ts';
import type { Foretold } from '../../output/reporter.ts';
import { out } from '../../output/streams.ts';
import { plannedLine, runTitle } from '../../output/wording.ts';
import { exitCodeOf } from '../../process/exit-codes.ts';
import { endSoon, interruptSignal } from '../../process/interrupt.ts';

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

/** Runs a request and returns the exit code: what `thumbs` and `fetch` share. */
export async function runCommand(
  engine: Engine,
  request: ThumbnailRequest | FetchRequest,
  flags: RunFlags,
  again?: Again,
): Promise<number> {
  const signal = interruptSignal();
  const poolSize = wantedPoolSize(request.kind, flags.pool);
  const reporter = await chooseReporter(flags, poolSize);
  const toDo = flags.dryRun ? await noItems() : undefined;
  let planned: number | undefined;
  const onTotal = (total: number, final: boolean): void => {
    if (final) planned = total;
    reporter.total?.(total);
  };
  try {
    const summary = await engine.run(request, {
      poolSize,
      signal,
      force: flags.force ?? false,
      dryRun: flags.dryRun ?? false,
      ...(flags.journal !== false && { journal: journalOf(request, again) }),
      ...(again?.only && { only: again.only }),
      timings: flags.timings ?? false,
      onResult: (result) => {
        reporter.result(result);
        toDo?.add(result);
        waitForReader(poolSize);
      },
      ...(reporter.total && { onTotal }),
      ...(reporter.limit && { onLimit: (limit) => reporter.limit?.(limit) }),
      onRemoved: (removed) => reporter.removed?.(removed),
      onWarning: (warning) => reporter.warning(warning),
    });
    // Closed before the summary, which comes last: a ledger that could not save its entries warns now.
    await engine.closeLedger();
    const forecast = toDo && !signal.aborted && (await foretold(engine, request, toDo, { poolSize, signal }));
    if (forecast) reporter.forecast?.(forecast);
    reporter.summary(summary, signal.aborted ? { planned } : undefined);
    if (forecast && !reporter.forecast) out.line(plannedLine(forecast));
    if (signal.aborted) endSoon(signal);
    return exitCodeOf(summary, signal);
  } finally {
    await engine.closeLedger();
  }
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
export function journalOf(request: ThumbnailRequest | FetchRequest, again?: Again): JournalOptions {
  const { title = titleOf(request), retryOf } = again ?? {};
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
export function waitForReader(poolSize: LivePoolSize): void {
  if (!out.isBehind || poolSize.paused) return;
  poolSize.pause();
  out.onceCaughtUp(() => poolSize.resume());
}

/** Loaded only for a dry run: the door of former runs has more behind it than a run needs to start. */
async function noItems(): Promise<PlannedItems> {
  const { PlannedItems } = await import('../../../engine/run/front-ends/index.ts');
  return new PlannedItems();
}

async function foretold(
  engine: Engine,
  request: ThumbnailRequest | FetchRequest,
  planned: PlannedItems,
  { poolSize, signal }: { poolSize: LivePoolSize; signal: AbortSignal },
): Promise<Foretold | undefined> {
  const { size } = poolSize;
  const forecast = await engine.forecast(request, planned, { poolSize: size, signal });
  return forecast && { poolSize: size, ...forecast };
}
