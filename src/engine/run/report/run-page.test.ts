import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JournalLine } from '../journal/journal-line.ts';
import { figuresOf } from './run-figures.ts';
import { type RunOfPage, runPage } from './run-page.ts';

const result = (input: string, ms: number, failed = false): JournalLine => ({
  type: 'result',
  input,
  ms,
  status: failed ? 'failed' : 'done',
  ...(failed && { error: { code: 'HTTP_404', message: `${input} answered 404.` } }),
});
const progress = (atMs: number, done: number): JournalLine => ({
  type: 'progress',
  atMs,
  done,
  skipped: 0,
  failed: 0,
  cancelled: 0,
  bytesIn: 0,
  bytesOut: 0,
});
const run: RunOfPage = {
  id: '20261128-150203-7f3a',
  title: 'fetch urls.txt',
  standing: 'ended',
  settings: { '--pool': '8' },
  counts: {
    done: 1_234,
    skipped: 0,
    failed: 2,
    cancelled: 0,
    bytesIn: 5e6,
    bytesOut: 1_500,
    seconds: 12.345,
  },
};

describe('the figures of a journal', () => {
  it('tell throughput, pool, causes, hosts and the slowest items', () => {
    const figures = figuresOf([
      { type: 'pool', atMs: 0, size: 4 },
      result('http://a.test/1', 10),
      result('http://a.test/2', 30, true),
      progress(500, 2),
      { type: 'pool', atMs: 600, size: 8 },
      { type: 'limit', atMs: 900, change: { kind: 'per-host', host: 'a.test', atOnce: 12 } },
      result('http://b.test/1', 20),
      progress(1_000, 3),
    ]);
    expect(figures).toEqual({
      throughput: [
        { seconds: 0.5, perSecond: 4 },
        { seconds: 1, perSecond: 2 },
      ],
      pool: [
        { seconds: 0, size: 4 },
        { seconds: 0.6, size: 8 },
      ],
      changes: [{ seconds: 0.9, words: 'a.test: 12 at once' }],
      causes: [{ code: 'HTTP_404', items: 1, example: 'http://a.test/2 answered 404.' }],
      hosts: [
        { host: 'a.test', items: 2, failed: 1, ms: 20 },
        { host: 'b.test', items: 1, failed: 0, ms: 20 },
      ],
      slowest: [
        { input: 'http://a.test/2', ms: 30, status: 'failed' },
        { input: 'http://b.test/1', ms: 20, status: 'done' },
        { input: 'http://a.test/1', ms: 10, status: 'done' },
      ],
    });
  });

  it('are few, however long the journal is', () => {
    function* lines(): Generator<JournalLine> {
      for (let index = 0; index < 20_000; index += 1) {
        yield result(`http://h${index}.test/`, index % 977);
        if (index % 10 === 9) yield progress(index, index + 1);
      }
    }
    const { throughput, hosts, slowest } = figuresOf(lines());
    expect(throughput.length).toBeLessThanOrEqual(400);
    expect([hosts.length, slowest.length]).toEqual([20, 20]);
    expect(slowest.every(({ ms }) => ms > 970)).toBe(true);
  });
});

describe('the page of a run', () => {
  it('tells the totals, and of figures only what there is', () => {
    const page = runPage(run, figuresOf([result('http://a.test/1', 10)]));
    expect(page).toContain('<b>1,234</b>done');
    expect(page).toContain('<b>12.3</b>seconds');
    expect(page).toContain('Settings: --pool 8');
    expect(page).not.toMatch(/<h2>(Stages|Causes of failure)<|<svg/);
    expect(page).toMatch(/<h2>Hosts</);
  });

  it('shows text from outside as text, loads nothing and runs nothing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('<script>alert(1)</script>', '"><img src=x>', "'&"),
        fc.string(),
        (bad, any) => {
          const input = `http://a.test/${bad}${any}`;
          const page = runPage(
            { ...run, title: bad + any, limit: bad, settings: { [bad]: any }, stages: { [bad]: 1 } },
            figuresOf([result(input, 1, true), progress(1, 1), progress(2, 2), progress(3, 3)]),
          );
          expect(page).not.toMatch(/<script|<img|<[^>]*\b(src|href|on\w+)=|url\(/);
          expect(page).toContain("default-src 'none'");
        },
      ),
    );
  });
});
