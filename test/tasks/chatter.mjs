import { stdout } from 'node:process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

console.log('loaded');

/** Prints in every way that there is, and returns the item. */
export default async function chatter(item) {
  console.log('log %s', item);
  console.info('info');
  console.table([{ item }]);
  console.dir({ item });
  process.stdout.write('written\n');
  stdout.write('imported\n');
  stdout.cork();
  stdout.write('corked ');
  stdout.write('together\n');
  stdout.uncork();
  await pipeline(Readable.from(['piped\n']), process.stdout, { end: false });
  return item;
}
