import { setTimeout as sleep } from 'node:timers/promises';

export default async function wait(ms) {
  await sleep(Number(ms));
  return ms;
}
