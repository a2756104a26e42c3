import { QueueWorker } from '../../../../engine/cluster/front-ends/index.ts';
import type { Engine } from '../../../../engine/engine.ts';
import { withoutCredentials } from '../../../../shared/without-secrets.ts';
import type { PoolFlag } from '../../../flags/pool-flag.ts';
import { err } from '../../../output/streams.ts';
import { exitCode } from '../../../process/exit-codes.ts';
import { interruptSignal } from '../../../process/interrupt.ts';
import { accessOf, type FetchFlags } from '../fetch.ts';
import { queueUrl } from './queue-url.ts';

export interface WorkFlags extends Pick<FetchFlags, 'user' | 'netrc'> {
  readonly pool?: PoolFlag;
  readonly header?: Readonly<Record<string, string>>;
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
  const worker = await QueueWorker.connect(url, {
    engine,
    poolSize: flags.pool,
    access,
    headers: flags.header ?? {},
    onNotice: (notice) => err.line(notice),
  });
  err.line(`${worker.name} waits for work from ${withoutCredentials(url)}.`);
  await worker.run(signal);
  await engine.close();
  err.line(`${worker.name} has ended; what it had not finished is handed back.`);
  return exitCode.fine;
}
