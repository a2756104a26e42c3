import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { needs } from '../../../../test/needs.ts';
import { tempFolder } from '../../../../test/temp-folder.ts';
import { writeWhole } from '../write-whole.ts';
import { mayBeReplaced, removeIfFree, untilLetGo } from './until-let-go.ts';

/** Refuses as often as is said. */
function held(times: number, code: string) {
  const tries = { count: 0 };
  const act = () => {
    tries.count += 1;
    if (tries.count <= times) throw Object.assign(new Error(`${code}: refused`), { code });
  };
  return { act, tries };
}

describe('what is done to a file that another program holds', () => {
  it.each(['EPERM', 'EACCES', 'EBUSY'])('is tried again on Windows after %s', (code) => {
    const { act, tries } = held(3, code);
    untilLetGo(act, undefined, 'win32');
    expect(tries.count).toBe(4);
  });

  it('is given up after a while', () => {
    const { act, tries } = held(100, 'EBUSY');
    expect(() => untilLetGo(act, undefined, 'win32')).toThrow(/EBUSY/);
    expect(tries.count).toBeLessThan(20);
  });

  it.each(['linux', 'darwin'] as const)('is tried once on %s', (platform) => {
    const { act, tries } = held(1, 'EBUSY');
    expect(() => untilLetGo(act, undefined, platform)).toThrow(/EBUSY/);
    expect(tries.count).toBe(1);
  });

  it('is tried once where something else is wrong, or where waiting changes nothing', () => {
    const full = held(1, 'ENOSPC');
    expect(() => untilLetGo(full.act, undefined, 'win32')).toThrow(/ENOSPC/);
    const kept = held(1, 'EPERM');
    expect(() => untilLetGo(kept.act, () => false, 'win32')).toThrow(/EPERM/);
    expect([full.tries.count, kept.tries.count]).toEqual([1, 1]);
  });
});

it('a folder and a protected file are never replaced, however long one waits', () => {
  const folder = tempFolder();
  const [sub, file, fixed] = [join(folder, 'sub'), join(folder, 'file'), join(folder, 'fixed')];
  mkdirSync(sub);
  writeFileSync(file, '');
  writeFileSync(fixed, '');
  chmodSync(fixed, 0o444);
  expect([sub, file, fixed, join(folder, 'none')].map((path) => mayBeReplaced(path))).toEqual([
    false,
    true,
    false,
    true,
  ]);
});

it('one at which nothing may look just now is waited for', () => {
  const look = () => {
    throw Object.assign(new Error('EPERM: lstat'), { code: 'EPERM' });
  };
  expect(mayBeReplaced('a.jpg', look)).toBe(true);
});

it('a file that nobody needs any more may be left where it is held, and for no other reason', () => {
  const path = join(tempFolder(), 'a');
  writeFileSync(path, '');
  expect(removeIfFree(path, held(100, 'EBUSY').act)).toBe(false);
  expect(() => removeIfFree(path, held(100, 'EIO').act)).toThrow(/EIO/);
  expect([removeIfFree(path), existsSync(path)]).toEqual([true, false]);
});

needs('Windows', process.platform === 'win32').test(
  'a file is replaced once another program lets it go',
  async () => {
    const path = join(tempFolder(), 'a.jpg');
    writeFileSync(path, 'old');
    const holding = `$f = [IO.File]::Open('${path}', 'Open', 'Read', 'None'); 'held'; Start-Sleep -Milliseconds 300; $f.Close()`;
    const child = spawn('powershell.exe', ['-NoProfile', '-Command', holding]);
    await once(child.stdout, 'data');
    writeWhole(path, Buffer.from('new'));
    expect(readFileSync(path, 'utf8')).toBe('new');
    await once(child, 'exit');
  },
  30_000,
);
