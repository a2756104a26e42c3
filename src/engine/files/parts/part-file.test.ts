import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { tempFolder } from '../../../../test/temp-folder.ts';
import { writeWhole } from '../write-whole.ts';
import { PartFile, PartLost } from './part-file.ts';
import { parsePartName } from './part-name.ts';

let folder: string;
beforeEach(() => {
  folder = tempFolder();
});
const written = (text: string) => {
  const part = PartFile.create(folder);
  part.append(Buffer.from(text));
  return part;
};

describe('a part', () => {
  it('has a name that tells its owner and that nobody can foresee', () => {
    const names = Array.from({ length: 600 }, () => {
      const part = PartFile.create(folder);
      part.close();
      return part.path.slice(folder.length + 1);
    });
    expect(new Set(names).size).toBe(600);
    for (const name of names) expect(parsePartName(name)?.owner.pid).toBe(process.pid);
  });

  it('becomes the file, and replaces a symlink in the place of following it', () => {
    const victim = join(tempFolder(), 'victim');
    writeFileSync(victim, 'precious');
    symlinkSync(victim, join(folder, 'a'));
    written('ours').replace(join(folder, 'a'));
    expect(readFileSync(victim, 'utf8')).toBe('precious');
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('ours');
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it.each(['EISDIR', 'EINVAL', 'UNKNOWN', 'ENOTSUP', 'EPERM'])(
    'takes a free name, and no other, where there are no hard links: the system says %s',
    (code) => {
      const link = () => {
        throw Object.assign(new Error(`${code}: link`), { code });
      };
      writeFileSync(join(folder, 'a'), 'theirs');
      const part = written('ours');
      expect(part.placeAsNew(join(folder, 'a'), link)).toBe(false);
      expect(part.placeAsNew(join(folder, 'b'), link)).toBe(true);
      expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('theirs');
      expect(readFileSync(join(folder, 'b'), 'utf8')).toBe('ours');
      expect(readdirSync(folder).sort()).toEqual(['a', 'b']);
    },
  );

  it('takes a name only where nothing has it, a dangling symlink included', () => {
    symlinkSync(join(folder, 'nowhere'), join(folder, 'b'));
    writeFileSync(join(folder, 'a'), 'theirs');
    const part = written('ours');
    expect(part.placeAsNew(join(folder, 'a'))).toBe(false);
    expect(part.placeAsNew(join(folder, 'b'))).toBe(false);
    expect(part.placeAsNew(join(folder, 'c'))).toBe(true);
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('theirs');
    expect(readdirSync(folder).sort()).toEqual(['a', 'b', 'c']);
  });

  it.each([
    ['another program has removed it', (path: string) => rmSync(path)],
    ['another program has written to it', (path: string) => writeFileSync(path, ' and more', { flag: 'a' })],
    [
      'another program has put its own file there',
      (path: string) => {
        writeFileSync(`${path}.own`, 'ours');
        renameSync(`${path}.own`, path);
      },
    ],
    [
      'a symlink stands there now',
      (path: string) => {
        rmSync(path);
        symlinkSync('/etc/hostname', path);
      },
    ],
  ])('that is not named at once is not named where %s', (_what, meddle) => {
    const part = written('ours');
    part.keepFresh();
    meddle(part.path);
    expect(() => part.replace(join(folder, 'a'))).toThrow(PartLost);
    expect(() => part.placeAsNew(join(folder, 'a'))).toThrow(PartLost);
    expect(existsSync(join(folder, 'a'))).toBe(false);
  });

  it('is told as lost where it is gone when it is named', () => {
    const part = written('ours');
    rmSync(part.path);
    expect(() => part.replace(join(folder, 'a'))).toThrow(PartLost);
    expect(() => part.placeAsNew(join(folder, 'a'))).toThrow(PartLost);
  });

  it('is not gone on with through a symlink, nor where it is a second name of another file', () => {
    const victim = join(folder, 'victim');
    writeFileSync(victim, 'precious');
    symlinkSync(victim, join(folder, 'link'));
    linkSync(victim, join(folder, 'second'));
    expect(() => PartFile.continue(join(folder, 'link'), 3)).toThrow();
    expect(() => PartFile.continue(join(folder, 'second'), 3)).toThrow(PartLost);
    expect(readFileSync(victim, 'utf8')).toBe('precious');
  });

  it('goes on where it was known to be right, whatever stands behind', () => {
    const path = join(folder, 'part');
    writeFileSync(path, 'right and doubtful');
    const part = PartFile.continue(path, 5);
    part.append(Buffer.from(' on'));
    part.replace(join(folder, 'a'));
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('right on');
  });

  it('is forced to the disk where that is asked for, and named as any other', () => {
    const part = PartFile.create(folder, { durable: true });
    part.append(Buffer.from('kept'));
    expect(part.placeAsNew(join(folder, 'a'))).toBe(true);
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('kept');
  });

  it('has the permissions that any new file gets', () => {
    writeFileSync(join(folder, 'usual'), '');
    written('').replace(join(folder, 'a'));
    expect(statSync(join(folder, 'a')).mode).toBe(statSync(join(folder, 'usual')).mode);
  });
});

describe('a whole file', () => {
  it('leaves nothing beside what it could not replace', () => {
    mkdirSync(join(folder, 'a'));
    expect(() => writeWhole(join(folder, 'a'), Buffer.from('x'))).toThrow(/Cannot write .*a: /);
    expect(readdirSync(folder)).toEqual(['a']);
  });
});
