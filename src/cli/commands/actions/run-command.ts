import { type Engine, type LivePoolSize, type RunRequest, wantedPoolSize } from '../../../engine/engine.ts';
import type { PoolFlag } from '../../flags/pool-flag.ts';
import { chooseReporter } from '../../output/choose-reporter.ts';
import { out } from '../../output/streams.ts';
import { exitCodeOf } from '../../process/exit-codes.ts';
import { endSoon, interruptSignal } from '../../process/interrupt.ts';

/** The flags that every run takes. */
export interface RunFlags {
  readonly pool?: PoolFlag;
  readonly json?: boolean;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  readonly durable?: boolean;
}

/** Runs a request and returns the exit code: what `thumbs` and `fetch` share. */
export async function runCommand(engine: Engine, request: RunRequest, flags: RunFlags): Promise<number> {
  const signal = interruptSignal();
  const poolSize = wantedPoolSize(request.kind, flags.pool);
  const reporter = await chooseReporter(flags, poolSize);
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
      onResult: (result) => {
        reporter.result(result);
        waitForReader(poolSize);
      },
      ...(reporter.total && { onTotal }),
      onWarning: (warning) => reporter.warning(warning),
    });
    // Closed before the summary, which comes last: a ledger that could not save its entries warns now.
    await engine.closeLedger();
    reporter.summary(summary, signal.aborted ? { planned } : undefined);
    if (signal.aborted) endSoon(signal);
    return exitCodeOf(summary, signal);
  } finally {
    await engine.closeLedger();
  }
}

/** Pauses the run while the reader of our pipe is behind; otherwise a million results would wait in memory. */
function waitForReader(poolSize: LivePoolSize): void {
  if (!out.isBehind || poolSize.paused) return;
  poolSize.pause();
  out.onceCaughtUp(() => poolSize.resume());
}
