/**
 * Doubles numbers in one of several ways, and prints the seconds that it took, from the call to the last result:
 * node map-contender.mjs WAY ITEMS POOL [IN_FLIGHT_A_THREAD] [CONCURRENT_A_WORKER]
 */
const [way, itemCount, poolSize, inFlight, concurrent] = process.argv.slice(2);
const items = Array.from({ length: Number(itemCount) }, (_, index) => index);
const pool = Number(poolSize);
const module = new URL('../../test/tasks/double.mjs', import.meta.url);
const double = async (number) => number * 2;
const { SHOAL_BENCH_PEERS: peers } = process.env;

const ways = {
  'shoal-module': async () => {
    const { map } = await import('shoal');
    return async () => (await map(module, items, { poolSize: pool })).map(({ value }) => value);
  },
  'shoal-function': async () => {
    const { map } = await import('shoal');
    return async () => (await map(double, items, { poolSize: pool })).map(({ value }) => value);
  },
  piscina: async () => {
    const { Piscina } = (await import(`${peers}/node_modules/piscina/dist/main.js`)).default;
    return async () => {
      const threads = new Piscina({
        filename: module.href,
        minThreads: pool,
        maxThreads: pool,
        concurrentTasksPerWorker: Number(concurrent),
      });
      const values = Array(items.length);
      let next = 0;
      const work = async () => {
        while (next < items.length) {
          const index = next;
          next += 1;
          values[index] = await threads.run(items[index]);
        }
      };
      await Promise.all(Array.from({ length: Number(inFlight) * pool }, work));
      await threads.destroy();
      return values;
    };
  },
  'p-map': async () => {
    const { default: pMap } = await import(`${peers}/node_modules/p-map/index.js`);
    return () => pMap(items, double, { concurrency: pool });
  },
};

const run = await ways[way]();
const started = performance.now();
const values = await run();
const seconds = (performance.now() - started) / 1_000;
const total = values.reduce((sum, value) => sum + value, 0);
if (total !== items.length * (items.length - 1)) throw new Error(`${way} came to ${total}.`);
console.log(seconds);
