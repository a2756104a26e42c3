import { expect, it } from 'vitest';
import { CleanUps } from './clean-ups.ts';

it('does what was deferred at the end of the block, the last first, and waits for each', async () => {
  const done: string[] = [];
  {
    await using cleanUps = new CleanUps();
    cleanUps.defer(() => done.push('first'));
    cleanUps.defer(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      done.push('second');
    });
    done.push('block');
  }
  expect(done).toEqual(['block', 'second', 'first']);
});

it('does the others, too, when one fails, and then tells it', async () => {
  const done: string[] = [];
  const run = async () => {
    await using cleanUps = new CleanUps();
    cleanUps.defer(() => done.push('first'));
    cleanUps.defer(() => {
      throw new Error('no');
    });
  };
  await expect(run()).rejects.toThrow('no');
  expect(done).toEqual(['first']);
});
