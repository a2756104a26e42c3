import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { needs, onLinux } from '../../../../test/needs.ts';
import { tempFolder } from '../../../../test/temp-folder.ts';
import { identityAt } from '../file-identity.ts';
import { tellsCase } from './tells-case.ts';

/** A volume that does not tell case, of what is on one that does. */
function withoutCase(...there: readonly string[]) {
  return (path: string) => {
    const found = there.find((each) => each.toLowerCase() === path.toLowerCase());
    return found === undefined ? undefined : identityAt(found);
  };
}

describe('a folder tells case', () => {
  it('where what is there has no other name', () => {
    const folder = join(tempFolder(), 'Pictures');
    mkdirSync(folder);
    expect(tellsCase(folder, withoutCase(folder))).toBe(false);
    expect(tellsCase(folder, (path) => (path === folder ? identityAt(folder) : undefined))).toBe(true);
  });

  it('or where the other name is that of something else', () => {
    const folder = tempFolder();
    for (const name of ['Out', 'OUT']) mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, 'Out', 'a'), '');
    const identity = (path: string) => path;
    expect(tellsCase(join(folder, 'Out'), identity)).toBe(true);
  });

  it('or not before it exists, if the one above does not', () => {
    const folder = join(tempFolder(), 'Pictures');
    mkdirSync(folder);
    expect(tellsCase(join(folder, 'thumbs', 'deep'), withoutCase(folder))).toBe(false);
  });
});

onLinux.test('as the ones of this system do', () => {
  expect(tellsCase(tempFolder())).toBe(true);
});

needs('Windows or macOS', process.platform === 'win32' || process.platform === 'darwin').test(
  'as the usual volumes of Windows and macOS do not',
  () => {
    expect(tellsCase(tempFolder())).toBe(false);
  },
);
