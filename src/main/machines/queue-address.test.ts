import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../../test/temp-folder.ts';
import { settingsSchema } from '../../shared/ipc/settings.ts';
import { JsonFile } from '../storage/json-file.ts';
import { QueueAddress } from './queue-address.ts';

function opened({ folder = tempFolder(), offered }: { folder?: string; offered?: string } = {}) {
  const path = join(folder, 'settings.json');
  const settings = new JsonFile(path, settingsSchema, () => settingsSchema.parse({}));
  return { address: new QueueAddress(settings, offered), folder, written: () => readFileSync(path, 'utf8') };
}

describe('the address of the queue', () => {
  it('is kept for the next start', () => {
    const { address, folder } = opened();
    expect(address.choice()).toEqual({ isKept: false });
    address.set('redis://queue.example:6379');
    const { address: next } = opened({ folder });
    expect(next.url).toBe('redis://queue.example:6379');
    expect(next.choice()).toEqual({ queue: 'redis://queue.example:6379', isKept: true });
    next.set(null);
    expect(opened({ folder }).address.url).toBeUndefined();
  });

  it.each(['redis://me:hush@queue.example', 'rediss://queue.example?password=hush'])(
    'is used while the window is open, shown without its secret and not written where it is %s',
    (url) => {
      const { address, folder, written } = opened();
      address.set('redis://former.example');
      address.set(url);
      expect(address.url).toBe(url);
      expect(JSON.stringify(address.choice())).not.toContain('hush');
      expect(address.choice().isKept).toBe(false);
      expect(written()).not.toMatch(/hush|former/);
      expect(opened({ folder }).address.url).toBeUndefined();
    },
  );

  it('is offered from the environment, and taken only when somebody says so', () => {
    const { address } = opened({ offered: 'redis://me:hush@queue.example' });
    expect(address.url).toBeUndefined();
    expect(address.choice()).toEqual({ isKept: false, offered: 'redis://queue.example' });
    address.useOffered();
    expect(address.url).toBe('redis://me:hush@queue.example');
    expect(address.choice()).toEqual({ queue: 'redis://queue.example', isKept: false });
  });

  it('is refused where it is none', () => {
    const { address } = opened({ offered: 'http://queue.example' });
    for (const url of ['http://queue.example', 'queue.example', 'redis://']) {
      expect(() => address.set(url)).toThrow('Expected the address of a queue');
    }
    expect(address.choice()).toEqual({ isKept: false });
  });
});
