import { expect, test } from 'vitest';
import { memoryRoom } from './machine-room.ts';

const GiB = 1024 ** 3;
const room = (used: number, available: number, size: number) =>
  memoryRoom({ used: used * GiB, available: available * GiB, total: 8 * GiB }, 0.1 * GiB, size);

test('there is room while twice as many items would leave some memory free', () => {
  expect(room(0.5, 6, 16)).toBe('free');
});

test('it is tight where twice as many would take what is left', () => {
  expect(room(3.1, 3.2, 16)).toBe('tight');
});

test('there is none where hardly anything is left', () => {
  expect(room(0.5, 0.2, 1)).toBe('none');
});
