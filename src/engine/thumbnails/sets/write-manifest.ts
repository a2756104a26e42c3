import { writeWhole } from '../../files/write-whole.ts';
import type { SetWriter } from './set-of-pictures.ts';

/** Writes the manifest. */
export const writeManifest: SetWriter = async (set, file) => {
  const pictures = await Array.fromAsync(set.entries());
  writeWhole(file, Buffer.from(JSON.stringify({ pictures })), set.durable);
  return [file];
};
