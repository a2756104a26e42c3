import { expect, it } from 'vitest';
import { BusiestHosts } from './busiest-hosts.ts';

it('tells the ten hosts with the most requests, how soon they answer and what they refuse', () => {
  const hosts = new BusiestHosts();
  for (let host = 1; host <= 12; host += 1) {
    for (let times = 0; times < host; times += 1) hosts.add(`${host}.test`, 100, times === 0);
  }
  const told = hosts.list(() => 6);
  expect(told.map(({ host, requests }) => [host, requests])).toEqual(
    Array.from({ length: 10 }, (_, place) => [`${12 - place}.test`, 12 - place]),
  );
  expect(told[0]).toEqual({
    host: '12.test',
    requests: 12,
    refusals: 1,
    limit: 6,
    p50: 95,
    p95: 95,
  });
});

it('keeps the busiest of any number of hosts, and no more than some thousand', () => {
  const hosts = new BusiestHosts();
  for (let host = 0; host < 10_000; host += 1) {
    hosts.add('busy.test', 1, false);
    hosts.add(`${host}.test`, 1, false);
  }
  expect(hosts.list(() => 1)[0]).toMatchObject({ host: 'busy.test', requests: 10_000 });
  expect(hosts.requests).toBeLessThanOrEqual(10_000 + 2_000);
});
