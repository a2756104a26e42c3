import type { Engine, LivePoolSize } from '../../../engine/engine.ts';
import type { PlannedItems } from '../../../engine/run/front-ends/index.ts';
import type { FetchRequest, ThumbnailRequest } from '../../../shared/requests.ts';
import type { Foretold } from '../../output/reporter.ts';
import { out } from '../../output/streams.ts';
import { plannedLine } from '../../output/wording.ts';
import { exitCodeOf } from '../../process/exit-codes.ts';
import { endSoon, interruptSignal } from '../../process/interrupt.ts';
import { type Again, type RunFlags, reportedRun } from './reported-run.ts';

/** Runs a request and returns the exit code: what `thumbs` and `fetch` share. */
export async function runCommand(
  engine: Engine,
  request: ThumbnailRequest | FetchRequest,
  flags: RunFlags,
  again?: Again,
): Promise<number> {
  const signal = interruptSignal();
  const { poolSize, reporter, options, tellResult, tellSummary } = await reportedRun(request, flags, {
    signal,
    ...again,
  });
  const toDo = flags.dryRun ? await noItems() : undefined;
  try {
    const summary = await engine.run(request, {
      ...options,
      onResult: (result) => {
        toDo?.add(result);
        tellResult(result);
      },
    });
    // Closed before the summary, which comes last: a ledger that could not save its entries warns now.
    await engine.closeLedger();
    const forecast = toDo && !signal.aborted && (await foretold(engine, request, toDo, { poolSize, signal }));
    if (forecast) reporter.forecast?.(forecast);
    tellSummary(summary);
    if (forecast && !reporter.forecast) out.line(plannedLine(forecast));
    if (signal.aborted) endSoon(signal);
    return exitCodeOf(summary, signal);
  } finally {
    await engine.closeLedger();
  }
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
