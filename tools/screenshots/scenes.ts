import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LaunchedApp } from '../../e2e/launched-app.ts';
import { machineScenes } from './machine-scenes.ts';
import { emptyFolder, urlList } from './material.ts';
import type { Scene, Stage } from './scene.ts';

export const scenes: readonly Scene[] = [
  { name: 'empty', main: true, arrange: async (app) => app },
  { name: 'recent', arrange: recent },
  {
    name: 'ready',
    main: true,
    arrange: async (app, { photos }) => {
      await app.drop([photos]);
      await app.page.getByRole('heading', { name: /Make .* thumbnails/ }).waitFor();
      return app;
    },
  },
  { name: 'ready-set', arrange: readySet },
  {
    name: 'finished-set',
    arrange: async (app, stage) => {
      await readySet(app, stage);
      await startAndFinish(app);
      return app;
    },
  },
  {
    name: 'ready-nothing',
    arrange: async (app, { folder }) => {
      await app.drop([emptyFolder(folder)]);
      await app.page.getByRole('heading', { name: 'No images found' }).waitFor();
      return app;
    },
  },
  {
    name: 'ready-list',
    arrange: async (app, { origin }) => {
      await app.paste(urlList(origin, 240));
      await app.page.getByRole('heading', { name: /Download .* files/ }).waitFor();
      return app;
    },
  },
  { name: 'working', main: true, arrange: (app, stage) => working(app, stage) },
  {
    name: 'paused',
    arrange: async (app, stage) => {
      await working(app, stage);
      await app.page.getByRole('button', { name: 'Pause' }).click();
      await app.page.getByText('Paused', { exact: true }).waitFor();
      return app;
    },
  },
  {
    name: 'finished',
    main: true,
    arrange: async (app, { photos }) => {
      await app.drop([photos]);
      await startAndFinish(app);
      return app;
    },
  },
  {
    name: 'inspector',
    main: true,
    arrange: async (app, { photos }) => {
      await app.drop([photos]);
      await startAndFinish(app);
      await app.page.locator('[data-position]').last().click();
      await app.page.getByRole('region', { name: 'Inspector' }).waitFor();
      return app;
    },
  },
  {
    name: 'lightbox',
    arrange: async (app, { photos }) => {
      await app.drop([photos]);
      await startAndFinish(app);
      await app.page.locator('[data-position]').last().dblclick();
      await app.page.getByRole('dialog').waitFor();
      return app;
    },
  },
  { name: 'thousands', arrange: thousands },
  {
    name: 'downloading',
    main: true,
    arrange: async (app, { origin }) => {
      await app.paste(urlList(origin, 900));
      await app.page.getByRole('heading', { name: /Download .* files/ }).waitFor();
      await app.page.keyboard.press('Enter');
      await app.page.getByRole('button', { name: 'Pause' }).waitFor();
      await app.page.waitForTimeout(4_000);
      return app;
    },
  },
  {
    name: 'downloaded',
    arrange: async (app, { origin }) => {
      await app.paste(urlList(origin, 120));
      await startAndFinish(app);
      return app;
    },
  },
  { name: 'history', main: true, arrange: history },
  { name: 'compare', arrange: compare },
  { name: 'queue', arrange: queue },
  { name: 'task-ready', arrange: ownTask },
  {
    name: 'task-settings',
    arrange: async (app, stage) => {
      await ownTask(app, stage);
      await app.page.getByText('More', { exact: true }).click();
      await app.page.getByLabel('Options for the function').fill('{"width": 800}');
      return app;
    },
  },
  {
    name: 'task-finished',
    arrange: async (app, stage) => {
      await ownTask(app, stage);
      await app.page.keyboard.press('Enter');
      await app.page.getByRole('button', { name: 'New run' }).waitFor();
      return app;
    },
  },
  {
    name: 'german',
    arrange: async (app, { photos }) => {
      await app.page.evaluate(() => window.api.request('settings:set', { language: 'de' }));
      await app.page.reload();
      await app.ready();
      await app.drop([photos]);
      await app.page.getByRole('region', { name: 'So werden sie aussehen' }).waitFor();
      return app;
    },
  },
  {
    name: 'watched',
    arrange: async (app, { photos }) => {
      await app.drop([photos]);
      await app.page.getByRole('button', { name: 'Keep this folder up to date' }).click();
      await app.page.getByText(/^Watching: /).waitFor();
      return app;
    },
  },
  ...machineScenes,
  { name: 'tune', main: true, arrange: tune },
  { name: 'settings', arrange: (app) => openDialog(app, 'Settings…') },
  { name: 'shortcuts', arrange: (app) => openDialog(app, 'Keyboard shortcuts') },
  {
    name: 'about',
    arrange: async (app) => {
      await app.clickMenu('about');
      await app.page
        .getByRole('dialog')
        .getByText(/packages of others/)
        .waitFor();
      return app;
    },
  },
  {
    name: 'problem',
    arrange: async (app, { folder }) => {
      await app.drop([`${folder}/A folder that was moved away while it was being dragged`]);
      await app.page.getByRole('alert').waitFor();
      return app;
    },
  },
];

async function openDialog(app: LaunchedApp, button: string): Promise<LaunchedApp> {
  await app.page.getByRole('button', { name: button }).click();
  await app.page.getByRole('dialog').waitFor();
  return app;
}

/** Several formats and names with dates, in a folder that has settings of its own. */
async function readySet(app: LaunchedApp, { photos }: Stage): Promise<LaunchedApp> {
  writeFileSync(join(photos, 'shoal.json'), JSON.stringify({ thumbs: { size: ['320', '1280'] } }));
  await app.drop([photos]);
  await app.page.getByRole('heading', { name: /Make .* thumbnails/ }).waitFor();
  await app.page.getByRole('checkbox', { name: 'WebP', exact: true }).check();
  await app.page.getByRole('checkbox', { name: 'Gallery, as a web page' }).check();
  await app.page.getByText('More', { exact: true }).click();
  await app.page.getByText('Names', { exact: true }).click();
  await app.page.getByLabel('Names of the files').fill('{year}/{camera}-{name}');
  await app.page.getByRole('heading', { name: /Make .* thumbnails/ }).click();
  await app.page.getByRole('checkbox', { name: 'WebP', exact: true }).scrollIntoViewIfNeeded();
  return app;
}

async function startAndFinish(app: LaunchedApp): Promise<void> {
  await app.page.getByRole('heading', { name: /Make|Download/ }).waitFor();
  await app.page.keyboard.press('Enter');
  await app.page.getByRole('button', { name: 'New run' }).waitFor({ timeout: 120_000 });
}

/** In the middle of a run, the slider moved once. */
async function working(app: LaunchedApp, { archive }: Stage): Promise<LaunchedApp> {
  const { page } = app;
  await app.drop([archive]);
  await page.getByRole('heading', { name: /Make .* thumbnails/ }).waitFor();
  const typed = page.getByRole('textbox', { name: 'Pool size, typed' });
  await typed.fill('1');
  await typed.press('Enter');
  await page.getByRole('heading', { name: /Make .* thumbnails/ }).click();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await page.waitForTimeout(1_800);
  await typed.fill('6');
  await typed.press('Enter');
  await page.waitForTimeout(2_000);
  return app;
}

async function thousands(app: LaunchedApp, { archive }: Stage): Promise<LaunchedApp> {
  await app.drop([archive]);
  await startAndFinish(app);
  const grid = app.page.getByRole('listbox', { name: /Items/ });
  await grid.evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
  return app;
}

async function tune(app: LaunchedApp, { photos }: Stage): Promise<LaunchedApp> {
  await app.drop([photos]);
  await app.page.getByText('Tune', { exact: true }).click();
  await app.page.getByRole('button', { name: 'Measure' }).click();
  await app.page.getByText(/The knee is at/).waitFor({ timeout: 120_000 });
  return app;
}

/** A run that ended, and one that the end of the app cut short. */
async function recent(app: LaunchedApp, { photos, archive, start }: Stage): Promise<LaunchedApp> {
  await app.drop([photos]);
  await startAndFinish(app);
  await app.page.getByRole('button', { name: 'New run' }).click();
  await app.drop([archive]);
  await app.page.getByRole('heading', { name: /Make .* thumbnails/ }).waitFor();
  await app.page.keyboard.press('Enter');
  await app.page.getByRole('button', { name: 'Pause' }).waitFor();
  await app.page.waitForTimeout(700);
  await app.close();
  const again = await start();
  await again.page.getByRole('region', { name: 'Recent runs' }).waitFor();
  return again;
}

/** Two runs of the same folder with different sizes, the later one seen last. */
async function history(app: LaunchedApp, { photos }: Stage): Promise<LaunchedApp> {
  const { page } = app;
  await app.drop([photos]);
  await startAndFinish(app);
  await page.getByRole('button', { name: 'New run' }).click();
  await app.drop([photos]);
  await page.getByRole('button', { name: '256 × 256 pixels' }).click();
  // Enter starts only where no control has the focus.
  await page.getByRole('heading', { name: /Make .* thumbnails/ }).click();
  await startAndFinish(app);
  await page.getByRole('button', { name: 'New run' }).click();
  await page.keyboard.press('ControlOrMeta+4');
  await page.getByRole('group', { name: 'Former runs' }).waitFor();
  return app;
}

async function compare(app: LaunchedApp, stage: Stage): Promise<LaunchedApp> {
  await history(app, stage);
  const { page } = app;
  for (const box of await page.getByRole('checkbox', { name: /^Mark to compare/ }).all()) await box.check();
  await page.getByRole('button', { name: 'Compare two' }).click();
  await page.getByRole('dialog').waitFor();
  return app;
}

/** What is given while a run is on waits behind it. */
async function queue(app: LaunchedApp, stage: Stage): Promise<LaunchedApp> {
  await working(app, stage);
  await app.page.getByRole('button', { name: 'Pause' }).click();
  await app.drop([stage.photos]);
  await app.page.getByText('Queue 1').waitFor();
  await app.paste(urlList(stage.origin, 240));
  await app.page.getByText('Queue 2').click();
  await app.page.getByRole('list', { name: 'Queue' }).waitFor();
  return app;
}

/** A person's own module, and the names that it is to be applied to. */
async function ownTask(app: LaunchedApp, { folder }: Stage): Promise<LaunchedApp> {
  const module = join(folder, 'count-letters.mjs');
  writeFileSync(
    module,
    `export default (name) => {
  if (name === '') throw new Error('There is no name.');
  return { letters: name.length, capitals: name.match(/[A-Z]/g)?.length ?? 0 };
};
`,
  );
  await app.answerOpenDialogs([module], 'openFile');
  await app.page.getByRole('button', { name: 'Your own task…' }).click();
  await app.page.getByRole('region', { name: 'Task', exact: true }).waitFor();
  await app.paste(
    ['Lofoten', 'Ardèche', 'Cinque Terre', 'Skye', 'Tatra', 'Kyoto', 'Porto', 'Sylt'].join('\n'),
  );
  await app.page.getByRole('heading', { name: 'Apply to 8 items' }).waitFor();
  return app;
}
