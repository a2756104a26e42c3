import { expect, test } from 'vitest';
import { Outbox } from './outbox.ts';

const result = (index: number) => ({ index });

test('results are read in input order although they came in another', async () => {
  const outbox = new Outbox<{ index: number }>('input', 10);
  for (const index of [2, 0, 3, 1]) outbox.put(result(index));
  outbox.end();
  expect(await Array.fromAsync(outbox.read())).toEqual([0, 1, 2, 3].map(result));
});

test('there is room for as many as are in flight and unread together', async () => {
  const outbox = new Outbox<{ index: number }>('input', 4);
  let woken = 0;
  outbox.onRoom(() => {
    woken += 1;
  });
  for (const index of [0, 1, 3]) outbox.put(result(index));
  expect([outbox.hasRoom(0), outbox.hasRoom(1)]).toEqual([true, false]);
  const reader = outbox.read();
  await reader.next();
  expect([outbox.hasRoom(1), outbox.hasRoom(2)]).toEqual([true, false]);
  expect(woken).toBe(0);
  await reader.next();
  const third = reader.next();
  expect(woken).toBe(1);
  outbox.put(result(2));
  expect((await third).value).toEqual(result(2));
  await reader.return();
});

test('what the run threw is thrown after the results that came before it', async () => {
  const outbox = new Outbox<{ index: number }>('finished', 4);
  outbox.put(result(1));
  outbox.fail(new Error('broke off'));
  const reader = outbox.read();
  expect((await reader.next()).value).toEqual(result(1));
  await expect(reader.next()).rejects.toThrow('broke off');
});
