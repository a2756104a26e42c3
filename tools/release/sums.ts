import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

export const sumsFile = 'SHA256SUMS';

/** Writes the SHA-256 of all files of a folder as `sha256sum -c` reads it. @throws for a name that would not be the same after an upload. */
export async function writeSums(folder: string): Promise<void> {
  const names = readdirSync(folder)
    .filter((name) => name !== sumsFile)
    .sort();
  const lines: string[] = [];
  for (const name of names) {
    if (!statSync(join(folder, name)).isFile()) throw new Error(`${name} is not a file.`);
    // GitHub writes other characters as dots: sums, and the feed of updates, would name files that are not there.
    if (!/^[\w.-]+$/.test(name))
      throw new Error(`${name} has to be of letters, digits, dots, - and _ alone.`);
    lines.push(`${await digestOf(join(folder, name), 'sha256', 'hex')}  ${name}\n`);
  }
  writeFileSync(join(folder, sumsFile), lines.join(''));
}

export async function digestOf(
  path: string,
  algorithm: 'sha256' | 'sha512',
  encoding: 'hex' | 'base64',
): Promise<string> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path), hash);
  return hash.digest(encoding);
}
