import { createServer, type Server } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { WorkerEvents } from '../../../../engine/cluster/front-ends/index.ts';
import { UsageError } from '../../../../shared/failure.ts';
import type { MetricsAddress } from '../../../flags/parsers.ts';

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program, such as another worker, has this port',
  EADDRNOTAVAIL: 'this machine has no such address',
  EACCES: 'this user may not have this port',
  ENOTFOUND: 'there is no such host',
};

/** What Prometheus reads of a worker, at `/metrics`. */
export class WorkerMetrics implements WorkerEvents {
  readonly #registry = new Registry();
  readonly #server: Server;
  readonly #items = this.#counter('shoal_items_total', 'Items that have ended, by task and status', [
    'task',
    'status',
  ]);
  readonly #bytes = this.#counter('shoal_bytes_total', 'Bytes that were read and written', ['direction']);
  readonly #buckets = this.#counter('shoal_buckets_total', 'Buckets that were left, by how', ['ending']);
  readonly #active = new Gauge({
    name: 'shoal_buckets_active',
    help: 'Buckets that are worked on',
    registers: [this.#registry],
  });
  readonly #seconds = new Histogram({
    name: 'shoal_item_seconds',
    help: 'How long items took',
    labelNames: ['task'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60],
    registers: [this.#registry],
  });

  private constructor() {
    collectDefaultMetrics({ register: this.#registry });
    this.#server = createServer((request, response) => {
      if (request.url !== '/metrics') {
        response.writeHead(404).end('The metrics are at /metrics.\n');
        return;
      }
      void this.#registry
        .metrics()
        .then((text) => response.setHeader('content-type', this.#registry.contentType).end(text));
    });
  }

  /** @throws UsageError if nothing can listen there. */
  static async listen({ host, port }: MetricsAddress): Promise<WorkerMetrics> {
    const metrics = new WorkerMetrics();
    const server = metrics.#server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => {
        const why = reasons[error.code ?? ''] ?? error.message;
        reject(new UsageError(`Metrics cannot be told at ${host}:${port}: ${why}.`));
      });
      server.listen(port, host, resolve);
    });
    return metrics;
  }

  get url(): string {
    const { address, port } = this.#server.address() as AddressInfo;
    return `http://${isIPv6(address) ? `[${address}]` : address}:${port}/metrics`;
  }

  onBucketStart(): void {
    this.#active.inc();
  }

  onBucketEnd(ending: Parameters<WorkerEvents['onBucketEnd']>[0]): void {
    this.#active.dec();
    this.#buckets.inc({ ending });
  }

  onResult(
    task: Parameters<WorkerEvents['onResult']>[0],
    result: Parameters<WorkerEvents['onResult']>[1],
  ): void {
    const { status, bytesIn = 0, bytesOut = 0, ms } = result;
    this.#items.inc({ task, status });
    this.#bytes.inc({ direction: 'in' }, bytesIn);
    this.#bytes.inc({ direction: 'out' }, bytesOut);
    this.#seconds.observe({ task }, ms / 1_000);
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #counter<Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.#registry] });
  }
}
