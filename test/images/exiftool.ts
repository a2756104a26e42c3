import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { needs } from '../needs.ts';
import { tempFolder } from '../temp-folder.ts';

/** Metadata as another program reads and writes it. */
export const withExiftool = needs('exiftool', spawnSync('exiftool', ['-ver']).status === 0);

/** The same picture with metadata written by exiftool. */
export function tagged(picture: Uint8Array, extension: string, ...tags: readonly string[]): Buffer {
  const path = join(tempFolder(), `it.${extension}`);
  writeFileSync(path, picture);
  execFileSync('exiftool', ['-q', '-overwrite_original', ...tags, path]);
  return readFileSync(path);
}

type Tags = Readonly<Record<string, unknown>>;

/** What exiftool reads: numbers as they are stored, by `Group:Tag`. */
export function readByExiftool(picture: Uint8Array): Tags {
  return readAllByExiftool([picture])[0] ?? {};
}

/** The same of several pictures: to start it takes longer than to read them. */
export function readAllByExiftool(pictures: readonly Uint8Array[]): readonly Tags[] {
  // Not from its standard input: it cannot go back there.
  const folder = tempFolder();
  const paths = pictures.map((picture, index) => {
    const path = join(folder, String(index));
    writeFileSync(path, picture);
    return path;
  });
  const tags = ['-q', '-j', '-n', '-a', '-G1', '-all', '-validate', '-warning', ...paths];
  return JSON.parse(execFileSync('exiftool', tags, { encoding: 'utf8' }));
}
