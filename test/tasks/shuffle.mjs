import { setTimeout as sleep } from 'node:timers/promises';

/** Sleeps at random, so that items end in another order than they began, and throws for `bad`. */
export default async function shuffle(item) {
  await sleep(Math.random() * 20);
  if (item === 'bad') throw new RangeError('this one is bad');
  return `did ${item}`;
}
