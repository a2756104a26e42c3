import { closeSync, constants, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../../../test/temp-folder.ts';
import { openItself } from './open-itself.ts';

describe.each([
  ['as this system does', constants.O_NOFOLLOW ?? 'none'],
  ['without the flag, as on Windows', 'none'],
] as const)('a file is opened %s', (_how, noFollow) => {
  it('where it is one', () => {
    const path = join(tempFolder(), 'a');
    writeFileSync(path, 'ours');
    const file = openItself(path, constants.O_RDONLY, noFollow);
    expect(readFileSync(file, 'utf8')).toBe('ours');
    closeSync(file);
  });

  it('and not through a symlink in its place', () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'victim'), 'theirs');
    symlinkSync(join(folder, 'victim'), join(folder, 'a'));
    expect(() => openItself(join(folder, 'a'), constants.O_RDWR, noFollow)).toThrow(/ELOOP/);
  });

  it('and never emptied or made by that', () => {
    const path = join(tempFolder(), 'a');
    writeFileSync(path, 'ours');
    for (const flag of [constants.O_TRUNC, constants.O_CREAT]) {
      expect(() => openItself(path, constants.O_WRONLY | flag, noFollow)).toThrow(/only as it is/);
    }
    expect(readFileSync(path, 'utf8')).toBe('ours');
  });

  it('nor where there is none', () => {
    expect(() => openItself(join(tempFolder(), 'none'), constants.O_RDWR, noFollow)).toThrow(/ENOENT/);
  });
});
