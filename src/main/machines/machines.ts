import { setTimeout as sleep } from 'node:timers/promises';
import type {
  HeardWorker,
  QueueClient,
  QueuedProgress,
  RunRecord,
} from '../../engine/cluster/front-ends/index.ts';
import { t } from '../../languages/translate.ts';
import type { ErrorCode } from '../../shared/error-codes/error-codes.ts';
import type { RunId } from '../../shared/ipc/run.ts';
import type { Machine, Machines as MachinesNow, QueuedRun } from '../../shared/machines/machine-messages.ts';
import { titleInWords } from '../inputs/kept-words.ts';
import { RequestProblem } from '../jobs/request-problem.ts';
import type { ResolvedJob } from '../jobs/resolved-job.ts';
import type { Elsewhere } from '../runs/run-options.ts';
import type { RunRegistry } from '../runs/run-registry.ts';
import { type FollowedHere, followedRun, jobOfRecord } from './followed-run.ts';
import { elsewhereOf, machineOf } from './machine-of-worker.ts';
import type { QueueAddress } from './queue-address.ts';

/** A queue that has not answered for so long is taken for lost, in milliseconds. */
const answerWithinMs = 1_500;
/** When nobody has looked for so long, the connection is closed. */
const idleMs = 15_000;
/** The newest runs: a queue keeps them for a month. */
const mostRuns = 200;

const nothing: Omit<MachinesNow, 'connection'> = { workers: [], others: 0, runs: [] };

/** The workers and the runs of a queue. It is connected when somebody looks or does something, and not before. */
export class Machines {
  readonly #address: Pick<QueueAddress, 'url' | 'shown'>;
  readonly #sessions: Pick<RunRegistry, 'start' | 'isOn'>;
  #connection: { readonly url: string; readonly client: Promise<QueueClient> } | undefined;
  #looking: Promise<MachinesNow> | undefined;
  #last: MachinesNow | undefined;
  #idle: NodeJS.Timeout | undefined;

  constructor(address: Pick<QueueAddress, 'url' | 'shown'>, sessions: Pick<RunRegistry, 'start' | 'isOn'>) {
    this.#address = address;
    this.#sessions = sessions;
  }

  async look(): Promise<MachinesNow> {
    if (this.#connection !== undefined && this.#connection.url !== this.#address.url) this.close();
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.close(), idleMs);
    this.#looking ??= this.#ask();
    const asked = this.#looking;
    const forget = (): void => {
      if (this.#looking === asked) this.#looking = undefined;
    };
    void asked.then(forget, forget);
    const now = await Promise.race([asked, sleep(answerWithinMs, undefined)]);
    if (now === undefined) return { ...(this.#last ?? nothing), connection: 'lost' };
    this.#last = now;
    return now;
  }

  /** Shows a run that workers have. @throws RequestProblem when it cannot be followed. */
  async follow(run: string): Promise<RunId> {
    this.#assertNoneOn();
    return this.#shown(await this.#connect(), async (client) => {
      const found = await client.find(run);
      return { record: found.record, place: found.run.place };
    });
  }

  /** Hands out again what failed, all or by these causes, and shows that. */
  async retry(run: string, codes?: readonly ErrorCode[]): Promise<RunId> {
    this.#assertNoneOn();
    return this.#shown(await this.#connect(), async (client) => {
      const again = await client.retry(run, codes);
      if (!again) throw new RequestProblem('NOTHING_FAILED', t('Nothing of this run is left to do.'));
      return again;
    });
  }

  async cancel(run: string): Promise<void> {
    const client = await this.#connect();
    try {
      await client.cancel(run);
    } finally {
      closeSoon(client);
    }
  }

  /** Hands a run out and shows it. Its output folder is the place that all machines see. */
  async submit({ request, title, force }: ResolvedJob): Promise<RunId> {
    this.#assertNoneOn();
    if (request.kind === 'map' || request.outputFolder === undefined) {
      throw new RequestProblem('NO_PLACE', t('A run on other machines needs a folder that all of them see.'));
    }
    const place = request.outputFolder;
    return this.#shown(await this.#connect(), async (client) => {
      const warnings: string[] = [];
      const onWarning = (warning: string): number => warnings.push(warning);
      const { signal } = new AbortController();
      const record = await client.submit({ request, title, force }, { place, onWarning, signal });
      return { record, place, warnings };
    });
  }

  /** Closes the connection of those who look. Runs that are followed have their own. */
  close(): void {
    clearTimeout(this.#idle);
    this.#connection?.client.then(closeSoon, () => {});
    this.#connection = undefined;
    this.#looking = undefined;
    this.#last = undefined;
  }

  #assertNoneOn(): void {
    if (!this.#sessions.isOn) return;
    throw new RequestProblem('RUN_ON', t('A run is on: wait for its end, or cancel it.'));
  }

  async #ask(): Promise<MachinesNow> {
    const { url } = this.#address;
    if (url === undefined) return { ...nothing, connection: 'refused' };
    this.#connection ??= { url, client: connected(url) };
    const connection = this.#connection;
    try {
      const client = await connection.client;
      const [{ ours, others }, runs] = [await client.workers(), await client.runs()];
      const heard = await client.heardWorkers();
      return {
        connection: 'connected',
        workers: machinesOf(ours, heard),
        others: others.length,
        runs: runs.slice(0, mostRuns).map((run) => queuedRunOf(run, heard)),
      };
    } catch (error) {
      if (this.#connection === connection) this.#connection = undefined;
      connection.client.then(closeSoon, () => {});
      const problem = error instanceof Error ? error.message : String(error);
      return { ...(this.#last ?? nothing), connection: 'refused', problem };
    }
  }

  #connect(): Promise<QueueClient> {
    const { url } = this.#address;
    if (url === undefined)
      throw new RequestProblem('NO_QUEUE', t('No queue is set: the settings have a field for it.'));
    return connected(url);
  }

  async #shown(
    client: QueueClient,
    find: (
      client: QueueClient,
    ) => Promise<{ record: RunRecord; place: string; warnings?: readonly string[] }>,
  ): Promise<RunId> {
    try {
      const { record, place, warnings = [] } = await find(client);
      const job = jobOfRecord(record, place);
      let elsewhere: Elsewhere | undefined;
      const onStanding: FollowedHere['onStanding'] = (standing) => {
        elsewhere = elsewhereOf(standing);
      };
      return await this.#sessions.start(
        job,
        { size: 1, automatic: false },
        {
          followed: {
            run: record.id,
            isLost: () => !client.isConnected,
            elsewhere: () => elsewhere,
            work: async (options) => {
              for (const warning of warnings) options.onWarning?.(warning);
              try {
                return await followedRun(client, { record, place, onStanding }, options);
              } finally {
                closeSoon(client);
              }
            },
          },
        },
      );
    } catch (error) {
      closeSoon(client);
      throw error;
    }
  }
}

/** Loaded only now: most people have one machine. */
async function connected(url: string): Promise<QueueClient> {
  const { QueueClient } = await import('../../engine/cluster/front-ends/index.ts');
  return QueueClient.connect(url, () => {});
}

/** Without waiting: a queue that is lost may never answer. */
function closeSoon(client: QueueClient): void {
  client[Symbol.asyncDispose]().catch(() => {});
}

/** Those that are connected, and those that were lost a short while ago. */
function machinesOf(
  connected: readonly { readonly name: string }[],
  heard: readonly HeardWorker[],
): Machine[] {
  const names = new Set(connected.map(({ name }) => name));
  const told = new Map(heard.map((worker) => [worker.name, worker]));
  for (const { name } of heard) names.add(name);
  return [...names].sort().map((name) => {
    const worker = told.get(name);
    // The connection of a machine without power is held open for long, and one that ends has said so.
    const isLost = worker?.isLost || !connected.some((each) => each.name === name);
    return machineOf(name, worker, isLost);
  });
}

/** With what workers have done of buckets that have not ended. */
function queuedRunOf(run: QueuedProgress, heard: readonly HeardWorker[]): QueuedRun {
  const here = {
    ...run,
    title: titleInWords(run.title),
    submittedAt: Date.parse(run.submittedAt) || 0,
    atWork: 0,
  };
  if (run.state !== 'queued') return here;
  const buckets = heard.filter(({ isLost }) => !isLost).flatMap((worker) => worker.buckets);
  for (const bucket of buckets) {
    if (bucket.run !== run.id) continue;
    here.atWork += 1;
    here.done = Math.min(run.items, here.done + bucket.done + bucket.skipped);
    here.failed = Math.min(run.items, here.failed + bucket.failed);
  }
  return here;
}
