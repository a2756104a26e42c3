import { expect, it } from 'vitest';
import { type HostLook, HostProgress } from './host-progress.ts';

const usual: HostLook = { atOnce: 2, isHeld: false, isBound: true };

function begun(progress: HostProgress, host: string, count: number, now = 0): void {
  for (let times = 0; times < count; times += 1) progress.began(host, now);
}

function planned(progress: HostProgress, host: string, count: number): void {
  for (let times = 0; times < count; times += 1) progress.planned(host);
}

it('tells the twenty hosts with most left, and how many others there are', () => {
  const progress = new HostProgress();
  for (let host = 1; host <= 25; host += 1) planned(progress, `${host}.test`, host);
  const { hosts, more, mostAtOnce } = progress.standing(0, () => usual);
  expect(hosts.map(({ left }) => left)).toEqual(Array.from({ length: 20 }, (_, place) => 25 - place));
  expect(more).toEqual({ hosts: 5, left: 1 + 2 + 3 + 4 + 5 });
  expect(mostAtOnce).toBe(1 + 24 * 2);
});

it('tells the time that the slowest host needs by itself, and leaves out those that wait for a person', () => {
  const progress = new HostProgress();
  planned(progress, 'fast.test', 1_000);
  planned(progress, 'slow.test', 30);
  begun(progress, 'fast.test', 2);
  begun(progress, 'slow.test', 2);
  for (let ended = 0; ended < 500; ended += 1) {
    progress.began('fast.test', 0);
    progress.left('fast.test', 'other');
  }
  for (let ended = 0; ended < 10; ended += 1) {
    progress.began('slow.test', 0);
    progress.left('slow.test', ended === 0 ? 'failed' : 'other');
  }
  // 100 a second with 500 left, and 2 a second with 20 left.
  const { slowest, hosts } = progress.standing(5_000, () => usual);
  expect(slowest).toEqual({ host: 'slow.test', seconds: 10 });
  expect(hosts[1]).toMatchObject({ host: 'slow.test', left: 20, failed: 1, perSecond: 2 });
  const held = (host: string) => ({ ...usual, isHeld: host === 'slow.test' });
  expect(progress.standing(5_000, held).slowest).toMatchObject({ host: 'fast.test' });
});

it('before a host has answered, knows that each of its items takes as long as the first has by now', () => {
  const progress = new HostProgress();
  planned(progress, 'a.test', 10);
  expect(progress.standing(0, () => usual).slowest).toBeUndefined();
  begun(progress, 'a.test', 2);
  expect(progress.standing(3_000, () => usual).slowest).toEqual({ host: 'a.test', seconds: 12 });
});

it('does not judge by itself a host that only waits for the pool', () => {
  const progress = new HostProgress();
  planned(progress, 'a.test', 10);
  begun(progress, 'a.test', 1);
  expect(progress.standing(3_000, () => ({ ...usual, isBound: false })).slowest).toBeUndefined();
});

it('forgets the oldest of the hosts that are done: a run may meet a million', () => {
  const progress = new HostProgress();
  for (let host = 0; host < 10_000; host += 1) {
    progress.planned(`${host}.test`);
    progress.began(`${host}.test`, 0);
    progress.left(`${host}.test`, 'other');
  }
  progress.planned('last.test');
  let looked = 0;
  const { hosts, more } = progress.standing(1, () => {
    looked += 1;
    return usual;
  });
  expect(looked).toBe(501);
  expect(hosts[0]).toMatchObject({ host: 'last.test', left: 1 });
  expect(more).toEqual({ hosts: 0, left: 0 });
});
