import { setTimeout as sleep } from 'node:timers/promises';

/** Ends its own thread in the way the item names; any other item lives. */
export default async function die(item) {
  await sleep(10);
  if (item === 'exit') process.exit(3);
  if (item === 'unhandled')
    setImmediate(() => {
      throw new Error('thrown outside the task');
    });
  if (item === 'unhandled') await sleep(10_000);
  if (item === 'hoard') {
    const hoard = [];
    for (;;) hoard.push(new Array(10_000).fill(hoard.length));
  }
  return item;
}
