import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { feedPath, type ReleaseServer, startReleaseServer } from '../test/updates/release-server.ts';
import { chooseDriver } from '../tools/driver.ts';
import { violationsOn } from './axe.ts';
import { expect, type LaunchedApp, test as plain } from './launch.ts';

/** An app that is packed as an AppImage, and a server with its releases. */
const test = plain.extend<{ releases: ReleaseServer; packed: (more?: string) => Promise<LaunchedApp> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  releases: async ({}, use) => {
    const releases = await startReleaseServer();
    await use(releases);
    await releases.close();
  },
  packed: async ({ launch, folder, releases }, use) => {
    const resources = join(folder, 'resources');
    const image = join(folder, 'Shoal.AppImage');
    await mkdir(resources);
    await writeFile(
      join(resources, 'app-update.yml'),
      `provider: generic\nurl: ${releases.url}\nupdaterCacheDirName: shoal-updater\n`,
    );
    await writeFile(image, 'the version before');
    await use((more) =>
      (more === undefined ? Promise.resolve() : writeFile(join(resources, more), 'deb\n')).then(() =>
        launch({
          env: { STAND_IN_RESOURCES: resources, APPIMAGE: image, XDG_CACHE_HOME: join(folder, 'cache') },
        }),
      ),
    );
  },
});
test.skip(
  chooseDriver() !== 'stand-in' || process.platform !== 'linux',
  'Only the stand-in can play a packed app.',
);

const newer = '#!/bin/sh\nexit 0\n';
const image = (folder: string) => readFile(join(folder, 'Shoal.AppImage'), 'utf8');
const note = (app: LaunchedApp) => app.page.getByRole('region', { name: 'Update', exact: true });

/** The files in which main has loaded electron-updater. */
const loaded = (app: LaunchedApp) =>
  app.inMain(() => {
    const { _cache } = process.getBuiltinModule('node:module') as unknown as {
      _cache: Readonly<Record<string, { id: string; exports: { default?: object } }>>;
    };
    const bundles = Object.values(_cache).filter(({ id }) => id.endsWith('.cjs'));
    return bundles
      .filter(({ exports }) => 'AppImageUpdater' in { ...exports, ...exports.default })
      .map(({ id }) => id);
  });

async function openSettings(app: LaunchedApp) {
  await app.page.keyboard.press('ControlOrMeta+,');
  return app.page.getByRole('region', { name: 'Updates' });
}

test('a newer version is told of, fetched when told, and installed when the person quits', async ({
  packed,
  releases,
  folder,
}) => {
  releases.publish('9.0.0', newer);
  const app = await packed();
  await expect(note(app)).toContainText('Shoal 9.0.0 is out.');
  expect(await violationsOn(app.page)).toEqual([]);
  expect(releases.requests.map(({ path }) => path)).toEqual([feedPath]);
  expect(await loaded(app)).toHaveLength(1);
  await note(app).getByRole('button', { name: 'Download' }).click();
  await expect(note(app)).toContainText('Shoal 9.0.0 is here, and is installed when you quit.');
  expect(await image(folder)).toBe('the version before');
  await app.close();
  expect(await image(folder)).toBe(newer);
});

test('what is not wanted now is not told of at the next start, and stays in the settings', async ({
  packed,
  releases,
}) => {
  releases.publish('9.0.0', newer);
  const app = await packed();
  await note(app).getByRole('button', { name: 'Dismiss' }).click();
  await expect(note(app)).toBeHidden();
  await app.close();
  const next = await packed();
  const settings = await openSettings(next);
  await settings.getByRole('button', { name: 'Look for updates' }).click();
  await expect(settings).toContainText('Shoal 9.0.0 is out.');
  await expect(note(next)).toBeHidden();
});

test('with updates off nothing is asked, but by hand, and what is chosen is kept', async ({
  packed,
  releases,
}) => {
  releases.publish('0.1.0', newer);
  const app = await packed();
  await expect.poll(() => releases.requests.length).toBe(1);
  const settings = await openSettings(app);
  expect(await violationsOn(app.page)).toEqual([]);
  await settings.getByText('Off', { exact: true }).click();
  await expect.poll(() => app.keptSettings()).toMatchObject({ updates: 'off' });
  await settings.getByRole('button', { name: 'Look for updates' }).click();
  await expect(settings).toContainText('This is the newest version.');
  await releases.close();
  await settings.getByRole('button', { name: 'Look for updates' }).click();
  await expect(settings).toContainText('The server for updates cannot be reached.');
});

test('a package of a distribution asks nobody, and loads nothing for that', async ({ packed, releases }) => {
  releases.publish('9.0.0', newer);
  const app = await packed('distribution');
  const settings = await openSettings(app);
  await expect(settings).toContainText('This copy came with a package of your system');
  await expect(settings.getByRole('button')).toHaveCount(0);
  expect(releases.requests).toEqual([]);
  expect(await loaded(app)).toEqual([]);
});

test('an app that is not packed says that nothing updates it', async ({ app }) => {
  await expect(await openSettings(app)).toContainText('This copy runs from its source');
});
