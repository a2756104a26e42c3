import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findChromium } from '../../../test/electron-stand-in/chromium.ts';
import { needs } from '../../../test/needs.ts';
import { tempFolder } from '../../../test/temp-folder.ts';
import { startPacked } from './start-packed.ts';
import { windowOf } from './use-window.ts';

const chromium = findChromium();
const withChromium = needs('Chromium', chromium !== undefined);

withChromium.test(
  'a program that offers its window to be used is found there, as Electron offers it',
  async () => {
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const args = ['--headless=new', ...sandbox, `--user-data-dir=${join(tempFolder(), 'profile')}`];
    const started = await startPacked(chromium ?? '', args, {});
    onTestFinished(async () => {
      const ended = once(started.process, 'exit');
      started.process.kill();
      await ended;
    });
    expect(started.endpoint).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\//);
  },
);

withChromium.test('one that ends before is told with what it said', async () => {
  await expect(startPacked(process.execPath, ['--no-such-flag'], {})).rejects.toThrow(
    /ended \(9\).*\n.*bad option/,
  );
});

needs('sh', process.platform !== 'win32').test(
  'one that says nothing is not waited for for ever',
  async () => {
    const mute = join(tempFolder(), 'mute');
    writeFileSync(mute, '#!/bin/sh\nexec sleep 60\n', { mode: 0o755 });
    await expect(startPacked(mute, [], {}, 300)).rejects.toThrow('has offered no window in 0.3 s');
  },
);

test('nor is a window that does not come, and what is there instead is told', async () => {
  const pages = () => [{ title: async () => 'Other', url: () => 'about:blank' }];
  await expect(windowOf(pages, 120)).rejects.toThrow('There are 1 pages: about:blank');
});
