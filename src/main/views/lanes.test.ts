import { expect, it } from 'vitest';
import { Lanes } from './lanes.ts';

it('a lane keeps what its last item took, also when another has taken its place before the result came', () => {
  const lanes = new Lanes();
  lanes.take(0, { index: 1, name: 'a.jpg' }, 0, 'a.test');
  lanes.take(1, { index: 2, name: 'b.jpg' }, 0, 'a.test');
  expect(lanes.fullHosts(() => 2)).toEqual(['a.test']);
  expect(lanes.fullHosts(() => undefined)).toEqual([]);
  lanes.free(0);
  lanes.take(0, { index: 3, name: 'c.jpg' }, 5);
  lanes.settle(1, { firstByte: 4, body: 1 });
  // Of what ended without stages, such as a failure before its request, the one before it stays.
  lanes.free(1);
  lanes.settle(2, undefined);
  expect(lanes.list(2)).toEqual([
    {
      slot: 0,
      working: { index: 3, name: 'c.jpg', since: 5 },
      last: { name: 'a.jpg', stages: { firstByte: 4, body: 1 } },
    },
    { slot: 1 },
  ]);
  expect(lanes.busy).toBe(1);
});
