import { setImmediate } from 'node:timers/promises';

/** So long one reads at a time, in milliseconds: the window responds meanwhile. */
const sliceMs = 8;

/** What comes, one after the other, with pauses for everybody else. */
export async function* inSlices<Each>(all: Iterable<Each>): AsyncGenerator<Each, void> {
  let end = performance.now() + sliceMs;
  for (const each of all) {
    yield each;
    if (performance.now() < end) continue;
    await setImmediate();
    end = performance.now() + sliceMs;
  }
}
