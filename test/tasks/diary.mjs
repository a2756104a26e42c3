import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Writes down each item that it begins, and then does what the item says: `{ file, name, how }`. */
export default async function diary({ file, name, how, ms = 0 }, { signal }) {
  appendFileSync(file, `${name}\n`);
  if (how === 'exit') process.exit(3);
  if (how === 'block') for (const end = Date.now() + ms; Date.now() < end; );
  else if (ms > 0) await sleep(ms, undefined, how === 'listen' ? { signal } : {});
  if (how === 'throw') throw new Error(`${name} went wrong`);
  return name;
}

/** The same without waiting for anything. */
export function atOnce({ file, name, how }) {
  appendFileSync(file, `${name}\n`);
  if (how === 'exit') process.exit(3);
  return name;
}
