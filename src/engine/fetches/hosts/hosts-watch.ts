import type { HostsStanding } from '../../../shared/progress/hosts-standing.ts';
import type { Turn } from '../../run/turn.ts';
import { type HostLook, HostProgress, type HostTimes } from './host-progress.ts';

/** How often it is told how far the hosts are, in milliseconds. */
const everyMs = 500;

/** A job, by the host that its item was listed with. */
interface JobOfHost {
  readonly entry: { readonly host: string };
}

/** Follows the jobs of a run, and tells from time to time how far each host is. */
export class HostsWatch {
  readonly #progress = new HostProgress();
  readonly #timer: NodeJS.Timeout;
  #inFlight = 0;

  /** @param lookAt what else is known of a host; `inFlight` are the jobs at all hosts. */
  constructor(
    onHosts: (hosts: HostsStanding) => void,
    lookAt: (host: string, inFlight: number) => HostLook,
    timesOf: (host: string) => HostTimes,
  ) {
    const look = (host: string) => lookAt(host, this.#inFlight);
    const tell = () => onHosts(this.#progress.standing(performance.now(), look, timesOf));
    this.#timer = setInterval(tell, everyMs).unref();
  }

  /** Counts the jobs that are read. */
  async *counted<Job extends JobOfHost>(batches: AsyncIterable<Job[]>): AsyncGenerator<Job[], void> {
    for await (const batch of batches) {
      for (const { entry } of batch) this.#progress.planned(entry.host);
      yield batch;
    }
  }

  async during({ entry: { host } }: JobOfHost, work: Promise<Turn>): Promise<Turn> {
    this.#progress.began(host, performance.now());
    this.#inFlight += 1;
    const turn = await work;
    this.#inFlight -= 1;
    const results = turn.kind === 'ended' ? turn.results : undefined;
    this.#progress.left(host, results && (results.some(isFailed) ? 'failed' : 'other'));
    return turn;
  }

  close(): void {
    clearInterval(this.#timer);
  }
}

function isFailed({ status }: { readonly status: string }): boolean {
  return status === 'failed';
}
