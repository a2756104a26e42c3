import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueClient, RunRecord } from '../../engine/cluster/front-ends/index.ts';
import { removeJournal } from '../../engine/run/front-ends/index.ts';
import { t } from '../../languages/translate.ts';
import type { ErrorCode } from '../../shared/error-codes/error-codes.ts';
import type { RunId } from '../../shared/ipc/run.ts';
import type { Machines as MachinesNow } from '../../shared/machines/machine-messages.ts';
import { withoutCredentials } from '../../shared/without-secrets.ts';
import { jobOfHead } from '../history/job-of-head.ts';
import { RequestProblem } from '../jobs/request-problem.ts';
import type { ResolvedJob } from '../jobs/resolved-job.ts';
import type { Elsewhere, Followed } from '../runs/run-options.ts';
import type { RunRegistry } from '../runs/run-registry.ts';
import type { RecentRuns } from '../storage/recent-runs.ts';
import { type FollowedHere, followedWithJournal, inPlace, jobOfRecord } from './followed-run.ts';
import { elsewhereOf, machinesOf, queuedRunOf } from './machine-of-worker.ts';
import type { QueueAddress } from './queue-address.ts';
import { asRequestProblem, queueProblemWords } from './queue-problem-words.ts';

/** A queue that has not answered for so long is taken for lost, in milliseconds. */
const answerWithinMs = 1_500;
/** When nobody has looked for so long, the connection is closed. */
const idleMs = 15_000;
/** The newest runs: a queue keeps them for a month. */
const mostRuns = 200;

const nothing: Omit<MachinesNow, 'connection'> = { workers: [], others: 0, runs: [] };

interface MachinesParts {
  readonly address: Pick<QueueAddress, 'url' | 'shown'>;
  readonly sessions: Pick<RunRegistry, 'start' | 'isOn'>;
  readonly recent: Pick<RecentRuns, 'ofQueue'>;
}

/** The workers and the runs of a queue. It is connected when somebody looks or does something, and not before. */
export class Machines {
  readonly #address: MachinesParts['address'];
  readonly #sessions: MachinesParts['sessions'];
  readonly #recent: MachinesParts['recent'];
  #connection: { readonly url: string; readonly client: Promise<QueueClient> } | undefined;
  #looking: Promise<MachinesNow> | undefined;
  #last: MachinesNow | undefined;
  #idle: NodeJS.Timeout | undefined;

  constructor({ address, sessions, recent }: MachinesParts) {
    this.#address = address;
    this.#sessions = sessions;
    this.#recent = recent;
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
    } catch (error) {
      throw asRequestProblem(error);
    } finally {
      closeSoon(client);
    }
  }

  /** Hands a run out and shows it. @param place what all machines see: a folder, or an object storage. */
  async submit(given: ResolvedJob, place: string): Promise<RunId> {
    this.#assertNoneOn();
    const job = inPlace(given, place);
    const { request, title, force } = job;
    return this.#shown(await this.#connect(), async (client) => {
      const warnings: string[] = [];
      const onWarning = (warning: string): number => warnings.push(warning);
      const { signal } = new AbortController();
      const record = await client.submit({ request, title, force }, { place, onWarning, signal });
      return { record, place, warnings, job };
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
      return { ...(this.#last ?? nothing), connection: 'refused', problem: queueProblemWords(error) };
    }
  }

  async #connect(): Promise<QueueClient> {
    const { url } = this.#address;
    if (url === undefined)
      throw new RequestProblem('NO_QUEUE', t('No queue is set: the settings have a field for it.'));
    try {
      return await connected(url);
    } catch (error) {
      throw asRequestProblem(error);
    }
  }

  async #shown(client: QueueClient, find: (client: QueueClient) => Promise<Found>): Promise<RunId> {
    try {
      const { record, place, warnings = [], job = this.#jobOf(record, place) } = await find(client);
      // What is told of it now takes the place of what was told before.
      const before = this.#recent.ofQueue(record.id).map(({ id }) => id);
      let elsewhere: Elsewhere | undefined;
      const onStanding: FollowedHere['onStanding'] = (standing) => {
        elsewhere = elsewhereOf(standing);
      };
      const work: Followed['work'] = async (options, journal) => {
        try {
          const following = { client, record, place, onStanding, warnings };
          const summary = await followedWithJournal(following, job, journal, options);
          if (!options.signal?.aborted) for (const id of before) removeJournal(id);
          return summary;
        } finally {
          closeSoon(client);
        }
      };
      const queue = { url: withoutCredentials(this.#address.url ?? ''), run: record.id, place };
      return await this.#sessions.start(
        job,
        { size: 1, automatic: false },
        {
          followed: {
            run: record.id,
            isLost: () => !client.isConnected,
            elsewhere: () => elsewhere,
            queue,
            work,
          },
        },
      );
    } catch (error) {
      closeSoon(client);
      throw asRequestProblem(error);
    }
  }

  /** Who handed it out here has kept its inputs. */
  #jobOf(record: RunRecord, place: string): ResolvedJob {
    const [head] = this.#recent.ofQueue(record.id);
    return (head && jobOfHead(head)) ?? jobOfRecord(record, place);
  }
}

interface Found {
  readonly record: RunRecord;
  readonly place: string;
  readonly warnings?: readonly string[];
  /** What was to be done, where that is known better than by the record. */
  readonly job?: ResolvedJob;
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
