import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Lines } from './lines.ts';
import { Output } from './streams.ts';

/** Streams that record each write, in order of arrival. */
function witnesses() {
  const arrived: [name: string, text: string][] = [];
  const stream = (name: string) =>
    new Output(
      Object.assign(new PassThrough(), {
        write: (text: string) => arrived.push([name, text]) > 0,
      }) as unknown as NodeJS.WriteStream,
    );
  return { out: stream('out'), error: stream('error'), arrived };
}

test('lines of one turn of the event loop leave in one write', async () => {
  const { out, arrived } = witnesses();
  const lines = new Lines();
  lines.write(out, 'one');
  lines.write(out, 'two');
  expect(arrived).toEqual([]);
  await turn();
  lines.write(out, 'three');
  await turn();
  expect(arrived).toEqual([
    ['out', 'one\ntwo\n'],
    ['out', 'three\n'],
  ]);
});

test('the order is kept between two streams', async () => {
  const { out, error, arrived } = witnesses();
  const lines = new Lines();
  lines.write(out, 'done a');
  lines.write(error, 'failed b');
  lines.write(out, 'done c');
  await turn();
  expect(arrived).toEqual([
    ['out', 'done a\n'],
    ['error', 'failed b\n'],
    ['out', 'done c\n'],
  ]);
});

test('what waits is written at once when it is the last', async () => {
  const { out, arrived } = witnesses();
  const lines = new Lines();
  lines.write(out, 'the summary');
  lines.flush();
  expect(arrived).toEqual([['out', 'the summary\n']]);
  await turn();
  expect(arrived).toHaveLength(1);
});
