import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Counts itself in while it sleeps: [in flight, most at once, started, cancelled].
 * `how`: 'listen' ends when the signal aborts, 'ignore' sleeps on, 'block' holds its thread.
 */
export default async function gauge({ buffer, ms, how = 'ignore' }, { signal }) {
  const cells = new Int32Array(buffer);
  Atomics.add(cells, 2, 1);
  const inFlight = Atomics.add(cells, 0, 1) + 1;
  for (let most = Atomics.load(cells, 1); inFlight > most; most = Atomics.load(cells, 1)) {
    if (Atomics.compareExchange(cells, 1, most, inFlight) === most) break;
  }
  try {
    if (how === 'block') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    else await sleep(ms, undefined, how === 'listen' ? { signal } : {});
  } catch (error) {
    Atomics.add(cells, 3, 1);
    throw error;
  } finally {
    Atomics.sub(cells, 0, 1);
  }
  return ms;
}
