import { QueueWorker } from '../../../../engine/cluster/front-ends/index.ts';
import type { Engine } from '../../../../engine/engine.ts';
import { addressWithoutSecrets } from '../../../../shared/without-secrets.ts';
import type { MetricsAddress } from '../../../flags/parsers.ts';
import type { PoolFlag } from '../../../flags/pool-flag.ts';
import { notice } from '../../../output/verbosity.ts';
import { exitCode } from '../../../process/exit-codes.ts';
import { interruptSignal } from '../../../process/interrupt.ts';
import { accessOf, type FetchFlags } from '../fetch.ts';
import { queueUrl } from './queue-url.ts';
import type { WorkerMetrics } from './worker-metrics.ts';

export interface WorkFlags extends Pick<FetchFlags, 'user' | 'netrc'> {
  readonly pool?: PoolFlag;
  readonly header?: Readonly<Record<string, string>>;
  readonly metrics?: MetricsAddress;
  readonly place?: readonly string[];
}

/**
 * `shoal work`: until it is told to end.
 * @returns the exit code.
 */
export async function workForQueue(
  given: string | undefined,
  flags: WorkFlags,
  engine: Engine,
): Promise<number> {
  const url = queueUrl(given);
  const signal = interruptSignal();
  const access = await accessOf(flags);
  const metrics = flags.metrics && (await listen(flags.metrics));
  const worker = await QueueWorker.connect(url, {
    engine,
    poolSize: flags.pool,
    places: flags.place,
    access,
    headers: flags.header ?? {},
    onNotice: notice,
    events: metrics,
  });
  notice(`${worker.name} waits for work from ${addressWithoutSecrets(url)}.`);
  await worker.run(signal);
  await engine.close();
  metrics?.close();
  notice(`${worker.name} has ended; what it had not finished is handed back.`);
  return exitCode.fine;
}

async function listen(address: MetricsAddress): Promise<WorkerMetrics> {
  const { WorkerMetrics } = await import('./worker-metrics.ts');
  const metrics = await WorkerMetrics.listen(address);
  notice(`Metrics for Prometheus are at ${metrics.url}.`);
  return metrics;
}
