import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineChart } from './line-chart.ts';

const labels = { title: 'Throughput', xLabel: 'pool size', yLabel: 'items a second' };

test('a chart is one picture that needs nothing else, whatever its points are', () => {
  const points = fc.array(
    fc.record({
      x: fc.double({ min: 0, max: 1e6, noNaN: true }),
      y: fc.double({ min: 0, max: 1e9, noNaN: true }),
      label: fc.constantFrom('knee', '<script>', '&"'),
    }),
  );
  fc.assert(
    fc.property(points, (drawn) => {
      const picture = lineChart({ ...labels, points: drawn });
      expect(picture).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
      expect(picture).not.toMatch(/NaN|Infinity|undefined|<script|href=|url\(/);
      expect(picture.match(/<circle/g)?.length ?? 0).toBe(drawn.length);
    }),
  );
});

test('each point is named on the axis where that is asked for', () => {
  const points = [1, 2, 4].map((x) => ({ x, y: x * 10, ...(x === 4 && { label: 'knee' }) }));
  const picture = lineChart({ ...labels, points, xTicks: [1, 2, 4] });
  expect(picture.match(/class="x"[^>]*>[124]</g)).toHaveLength(3);
  expect(picture).toMatch(/class="mark"[^>]*>knee</);
});
