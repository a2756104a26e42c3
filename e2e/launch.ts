import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { chooseDriver, type Driver } from '../tools/driver.ts';
import { launchElectron } from './launch-electron.ts';
import { launchStandIn } from './launch-stand-in.ts';
import { LaunchedApp, type RunningApp } from './launched-app.ts';
import { startServer, type TestServer } from './material.ts';

export { expect } from '@playwright/test';
export type { LaunchedApp } from './launched-app.ts';

interface LaunchOptions {
  /** What a person would write after the app's name: folders, files. */
  readonly args?: readonly string[];
  /** The app's memory. Give one of an earlier app to start again where that left off. */
  readonly userData?: string;
  readonly env?: Readonly<Record<string, string>>;
}
export type Launch = (options?: LaunchOptions) => Promise<LaunchedApp>;

const launchers: Record<
  Driver,
  (args: readonly string[], env: Record<string, string>) => Promise<RunningApp>
> = { electron: launchElectron, 'stand-in': launchStandIn };

/** `launch` starts as many apps as a test wants and ends them; `app` is one that was started plainly. */
export const test = base.extend<{ launch: Launch; app: LaunchedApp; folder: string; server: TestServer }>({
  /** An empty folder of the test's own. */
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'shoal-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  /** A server of the test's own. */
  // biome-ignore lint/correctness/noEmptyPattern: as above
  server: async ({}, use) => {
    const server = await startServer();
    await use(server);
    await server.close();
  },
  launch: async ({ folder }, use) => {
    const running: LaunchedApp[] = [];
    await use(async ({ args = [], userData = join(folder, 'user-data'), env = {} } = {}) => {
      const driver = chooseDriver();
      const own = {
        SHOAL_USER_DATA: userData,
        SHOAL_STATE_DIR: join(userData, 'state'),
        SHOAL_CONFIG_DIR: join(userData, 'config'),
      };
      const all = { ...ownEnvironment(), ...own, ...env };
      const app = new LaunchedApp(driver, userData, await launchers[driver](args, all));
      running.push(app);
      await app.ready();
      return app;
    });
    for (const app of running) await app.close();
  },
  app: async ({ launch }, use) => {
    await use(await launch());
  },
});

function ownEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}
