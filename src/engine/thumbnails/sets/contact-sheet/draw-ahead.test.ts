import { expect, test } from 'vitest';
import { drawAhead } from './draw-ahead.ts';

async function* numbers(count: number): AsyncGenerator<number, void> {
  for (let at = 0; at < count; at += 1) yield at;
}

test('what is made at the same time is given in order, and no more of it than was allowed', async () => {
  let [open, most] = [0, 0];
  const made = drawAhead(
    numbers(20),
    async (one) => {
      open += 1;
      most = Math.max(most, open);
      for (let turn = 0; turn < 5 - (one % 5); turn += 1)
        await new Promise((resolve) => setImmediate(resolve));
      open -= 1;
      return one;
    },
    4,
  );
  expect(await Array.fromAsync(made)).toEqual(Array.from({ length: 20 }, (_none, at) => at));
  expect(most).toBe(4);
});

test('the first that fails ends it, and none of the others is left behind', async () => {
  let ended = 0;
  const made = drawAhead(
    numbers(10),
    async (one) => {
      await null;
      ended += 1;
      if (one === 2) throw new Error('This one fails.');
    },
    3,
  );
  await expect(Array.fromAsync(made)).rejects.toThrow('This one fails.');
  const before = ended;
  await new Promise((resolve) => setImmediate(resolve));
  expect(ended).toBe(before);
});
