import { setTimeout as sleep } from 'node:timers/promises';

/** Polls until something holds. The bound is generous: it only has to tell a hang from a slow machine. */
export async function waitUntil(holds: () => boolean, what: string, patience = 40_000): Promise<void> {
  const deadline = Date.now() + patience;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`Waited ${patience} ms in vain until ${what}.`);
    await sleep(5);
  }
}
