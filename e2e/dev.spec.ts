import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { findChromium } from '../test/electron-stand-in/chromium.ts';
import { projectRoot } from '../tools/driver.ts';
import { expect, test } from './launch.ts';

// `npm run dev` in a copy of the sources, so that they can be changed. On the stand-in also where there is an Electron.
test.skip(findChromium() === undefined, 'npm run dev on the stand-in needs Chromium.');
test.skip(process.platform === 'win32', 'Ctrl-C is the signal to a group of processes.');

/** A server that is started cold, three builds and two starts of the app. */
const longest = 240_000;
const copied = ['package.json', 'package-lock.json', 'electron.vite.config.ts', 'src', 'tools', 'resources'];

async function copySources(to: string): Promise<void> {
  await mkdir(join(to, 'test'), { recursive: true });
  for (const name of [...copied, 'test/electron-stand-in']) {
    await cp(join(projectRoot, name), join(to, name), { recursive: true });
  }
  await symlink(join(projectRoot, 'node_modules'), join(to, 'node_modules'));
}

class Dev {
  output = '';
  readonly root: string;
  readonly process: ChildProcess;

  constructor(root: string) {
    this.root = root;
    // A group of its own, to which a Ctrl-C can be sent as a terminal does.
    this.process = spawn('npm', ['run', 'dev', '--', '--headless'], {
      cwd: root,
      detached: true,
      env: { ...process.env, SHOAL_DRIVER: 'stand-in', SHOAL_USER_DATA: join(root, 'user-data') },
    });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
  }

  /** The page of the app that is started as the `nth`. */
  async page(nth: number): Promise<Page> {
    const endpoints = () =>
      [...this.output.matchAll(/DevTools of .*: (http:\S+)/g)].map(([, url]) => url ?? '');
    await expect.poll(() => endpoints().length, { timeout: 60_000, message: this.output }).toBe(nth);
    const browser = await chromium.connectOverCDP(endpoints().at(-1) ?? '', { noDefaults: true });
    const pages = () => browser.contexts().flatMap((context) => context.pages());
    await expect.poll(() => pages()[0]?.url()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/index\.html$/);
    const [page] = pages();
    if (page === undefined) throw new Error('The page has gone.');
    return page;
  }

  async change(file: string, from: string, to: string): Promise<void> {
    const path = join(this.root, file);
    const text = await readFile(path, 'utf8');
    expect(text).toContain(from);
    await writeFile(path, text.replace(from, to));
  }

  signal(signal: NodeJS.Signals | 0): boolean {
    try {
      return process.kill(-(this.process.pid ?? 0), signal);
    } catch {
      return false;
    }
  }
}

test('npm run dev shows a change of the page in place, one of main in a new start, and ends whole', async ({
  folder,
}) => {
  test.setTimeout(longest);
  await copySources(folder);
  const dev = new Dev(folder);
  try {
    const page = await dev.page(1);
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    const heading = (text: string) => page.getByRole('heading', { name: text });
    await expect(heading('Drop a folder')).toBeVisible({ timeout: 60_000 });
    // A change made before the page listens is not told to it, and whether it does it says once, at its start.
    const listens = page.waitForEvent('console', (message) => message.text() === '[vite] connected.');
    await page.reload();
    await listens;
    await expect(heading('Drop a folder')).toBeVisible({ timeout: 60_000 });

    await page.evaluate(() => Object.assign(window, { notReloaded: true }));
    await dev.change('src/renderer/features/empty/EmptyScreen.tsx', 'Drop a folder', 'Throw a folder');
    await expect(heading('Throw a folder')).toBeVisible();
    expect(await page.evaluate(() => 'notReloaded' in window)).toBe(true);
    expect(complaints).toEqual([]);

    await dev.change(
      'src/main/index.ts',
      'declareSchemes();',
      "declareSchemes();\n  console.log('as changed');",
    );
    const next = await dev.page(2);
    await expect(next.getByRole('heading', { name: 'Throw a folder' })).toBeVisible({ timeout: 60_000 });
    expect(dev.output).toContain('as changed');

    dev.signal('SIGINT');
    if (dev.process.exitCode === null && dev.process.signalCode === null) await once(dev.process, 'exit');
    await expect.poll(() => dev.signal(0), { message: 'a process is left' }).toBe(false);
    expect(await readdir(join(folder, '.shoal-dev'))).toEqual(['vite']);
  } finally {
    dev.signal('SIGKILL');
    await writeFile(test.info().outputPath('printed.log'), dev.output);
  }
});
