import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuseIncomplete } from './complete.ts';
import { sumsFile, writeSums } from './sums.ts';
import { checkUpdateMetadata, isUpdateMetadata, mergeUpdateMetadata } from './update-metadata.ts';

/** @returns the names of the files of the release. @throws where two folders have different files of one name. */
export async function gatherRelease(from: string, to: string, version: string): Promise<string[]> {
  const byName = new Map<string, string[]>();
  for (const folder of readdirSync(from)) {
    for (const name of readdirSync(join(from, folder))) {
      byName.set(name, [...(byName.get(name) ?? []), join(from, folder, name)]);
    }
  }
  if (byName.size === 0) throw new Error(`There is nothing in ${from} to release.`);
  refuseIncomplete(byName.keys());
  mkdirSync(to);
  for (const [name, paths] of byName) {
    const [first = '', ...others] = paths;
    if (isUpdateMetadata(name)) {
      writeFileSync(join(to, name), mergeUpdateMetadata(paths.map((path) => readFileSync(path, 'utf8'))));
    } else if (others.every((path) => readFileSync(path).equals(readFileSync(first)))) {
      copyFileSync(first, join(to, name));
    } else throw new Error(`Several systems built a different ${name}.`);
  }
  for (const name of [...byName.keys()].filter(isUpdateMetadata)) {
    await checkUpdateMetadata(readFileSync(join(to, name), 'utf8'), to, version);
  }
  await writeSums(to);
  return [...byName.keys(), sumsFile].sort();
}
