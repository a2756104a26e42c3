import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { onLinux } from '../../../../test/needs.ts';
import { lifeOf, nobody, self } from './owner.ts';

describe('the owner of a temporary file', () => {
  it('lives while this process does', () => {
    expect(lifeOf(self)).toBe('alive');
  });

  it('is dead once its process has ended', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    expect(lifeOf({ ...self, pid })).toBe('dead');
  });

  onLinux.test('is dead where its number has been given to another process since', () => {
    expect(lifeOf({ ...self, start: String(Number(self.start) - 1) })).toBe('dead');
  });

  onLinux.test('lives in another process of this machine', async () => {
    const child = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      `const { self } = await import(${JSON.stringify(new URL('./owner.ts', import.meta.url).href)});
       process.stdout.write(JSON.stringify(self)); setInterval(() => {}, 1000);`,
    ]);
    try {
      const [told] = await once(child.stdout, 'data');
      const owner = JSON.parse(String(told));
      expect(owner.pid).toBe(child.pid);
      expect(lifeOf(owner)).toBe('alive');
      child.kill('SIGKILL');
      await once(child, 'exit');
      expect(lifeOf(owner)).toBe('dead');
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('of another machine or container says nothing by its number', () => {
    expect(lifeOf({ ...self, host: 'ffffffff' })).toBe('unknown');
  });

  it('is nobody for a part that was put aside', () => {
    expect(lifeOf(nobody)).toBe('dead');
  });
});
