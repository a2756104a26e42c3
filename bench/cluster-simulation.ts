/**
 * A list on many workers, in virtual time: `node bench/cluster-simulation.ts [--quick]`. The splitter, and the rule by which a
 * worker takes buckets and gives them slots, are the product's own. Asserted at every start of a request: the host is asked by
 * one worker only and not above its limit, and the worker is not above its pool size. Bounds: all requests' time on all slots,
 * and the time of the slowest host by its own limit: no order is faster than the larger of the two.
 */
import { parseArgs } from 'node:util';
import { mostBuckets } from '../src/engine/cluster/queue/slots/worker-slots.ts';
import { type ClusterModel, overBound, type Simulated, simulate } from './lib/cluster-model.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });

const usual: ClusterModel = {
  items: values.quick ? 1_000_000 : 10_000_000,
  hosts: values.quick ? 20_000 : 200_000,
  exponent: 1,
  workers: 32,
  poolSize: 64,
  perHost: 6,
  mostBuckets,
  latencyMs: 100,
  handOutMs: 300,
  bucketsAWorker: 8,
};

table(
  'How many buckets a worker has at once, by how uneven the hosts are',
  [0.4, 0.6, 0.8].flatMap((exponent) => [1, 2, mostBuckets].map((most) => ({ exponent, mostBuckets: most }))),
);
table(
  'By items',
  [0.01, 0.1].map((part) => ({ exponent: 0.6, items: usual.items * part })),
);
table(
  'By hosts',
  [0.01, 0.1].map((part) => ({ exponent: 0.6, hosts: usual.hosts * part })),
);
table(
  'By workers',
  [1, 8, 128].map((workers) => ({ exponent: 0.6, workers })),
);

function table(title: string, rows: readonly Partial<ClusterModel>[]): void {
  const heads =
    'items | hosts | exponent | workers | at once | buckets | largest host | bound by | bound s | makespan s | × bound | 90 % s | plan ms | run s';
  process.stdout.write(`\n${title}\n\n| ${heads} |\n|${heads.replace(/[^|]+/g, '---')}|\n`);
  for (const row of rows) {
    const model = { ...usual, ...row };
    const before = performance.now();
    const simulated = simulate(model);
    const cells = cellsOf(model, simulated, (performance.now() - before) / 1_000);
    process.stdout.write(`| ${cells.join(' | ')} |\n`);
  }
}

function cellsOf(model: ClusterModel, simulated: Simulated, seconds: number): (string | number)[] {
  const { items, hosts, exponent, workers, mostBuckets: most } = model;
  const { buckets, largestHost, workMs, hostMs, makespanMs, mostlyMs, planMs } = simulated;
  return [
    items,
    hosts,
    exponent,
    workers,
    most,
    buckets,
    largestHost,
    workMs > hostMs ? 'work' : 'host',
    Math.round(Math.max(workMs, hostMs) / 1_000),
    Math.round(makespanMs / 1_000),
    overBound(simulated).toFixed(2),
    Math.round(mostlyMs / 1_000),
    Math.round(planMs),
    seconds.toFixed(1),
  ];
}
