import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasRedis } from '../test/servers/redis-process.ts';
import { violationsOn } from './axe.ts';
import { faintTexts } from './contrast.ts';
import { expect, type LaunchedApp, test } from './launch.ts';
import { QueueServer } from './queue-server.ts';
import { unreachable } from './seen.ts';
import { steps } from './steps.ts';

const withQueue = test.extend<{ queue: QueueServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  queue: async ({}, use) => {
    const queue = await QueueServer.start();
    await use(queue);
    await queue.close();
  },
});

async function setQueue({ page }: LaunchedApp, url: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+,');
  const field = page.getByRole('textbox', { name: 'Queue for several machines' });
  await field.fill(url);
  await field.press('Enter');
}

async function closeSettings({ page }: LaunchedApp): Promise<void> {
  // The tab comes with the answer.
  await expect(page.getByRole('radio', { name: 'Machines' })).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
}

const machines = ({ page }: LaunchedApp) => ({
  open: () => page.keyboard.press('ControlOrMeta+5'),
  headline: page.getByRole('main').getByRole('heading', { level: 2 }),
  runs: page.getByRole('list', { name: 'Runs of this queue' }).getByRole('listitem'),
  worker: page.getByRole('list', { name: 'Workers', exact: true }).getByRole('listitem').first(),
});

async function expectGoodToUse({ page }: LaunchedApp): Promise<void> {
  expect(await violationsOn(page)).toEqual([]);
  expect(await faintTexts(page)).toEqual([]);
  expect(await unreachable(page)).toEqual([]);
}

test('a queue with a password is used while the window is open and never written; one that is none is refused', async ({
  launch,
}) => {
  const app = await launch({ env: { SHOAL_QUEUE: 'redis://127.0.0.1:9' } });
  const { page } = app;
  await expect(page.getByRole('radio', { name: 'Machines' })).toHaveCount(0);
  await setQueue(app, 'http://127.0.0.1');
  await expect(page.getByText('Expected the address of a queue')).toBeVisible();
  await setQueue(app, 'redis://me:hush-hush@127.0.0.1:9');
  await expect(page.getByText('it is used until the window is closed')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Queue for several machines' })).toHaveValue(
    'redis://127.0.0.1:9',
  );
  await expectGoodToUse(app);
  await page.keyboard.press('Escape');
  await machines(app).open();
  await expect(machines(app).headline).toHaveText('The queue is not reached');
  await expect(page.getByText('It is tried again every few seconds.')).toBeVisible();
  await expectGoodToUse(app);
  await page.setViewportSize({ width: 480, height: 480 });
  await page.keyboard.press('ControlOrMeta+1');
  await page.keyboard.press('ControlOrMeta+5');
  // However many screens there are.
  const tab = page.locator('label').filter({ hasText: /^Machines$/ });
  await expect(tab).toBeInViewport({ ratio: 0.95 });
  expect(JSON.stringify(app.keptSettings() ?? {})).not.toContain('hush-hush');
  await app.close();

  const again = await launch({ env: { SHOAL_QUEUE: 'redis://127.0.0.1:9' } });
  await expect(again.page.getByRole('radio', { name: 'Start' })).toHaveCount(1);
  await expect(again.page.getByRole('radio', { name: 'Machines' })).toHaveCount(0);
  await again.page.keyboard.press('ControlOrMeta+,');
  await again.page.getByRole('button', { name: 'Use that of SHOAL_QUEUE: redis://127.0.0.1:9' }).click();
  await again.page.keyboard.press('Escape');
  await expect(again.page.getByRole('radio', { name: 'Machines' })).toHaveCount(1);
  expect(again.keptSettings()).toMatchObject({ queue: 'redis://127.0.0.1:9' });
});

withQueue(
  `a run is handed out, followed through a lost queue, and what failed is done again${hasRedis ? '' : ' [needs redis-server]'}`,
  async ({ app, queue, server, folder }) => {
    test.skip(!hasRedis, 'needs redis-server');
    test.setTimeout(120_000);
    const { page } = app;
    const see = steps(app);
    const at = machines(app);
    await setQueue(app, queue.url);
    await closeSettings(app);
    await at.open();
    await expect(at.headline).toHaveText('No worker is connected');
    await queue.startWorker();
    await expect(at.headline).toHaveText('1 worker');
    await expect(at.worker).toContainText('Waits for a bucket.');
    await expectGoodToUse(app);

    server.missing = 'gone';
    server.gate.shut();
    const place = join(folder, 'shared');
    await page.keyboard.press('ControlOrMeta+1');
    await app.paste([...server.urls(20), ...server.urls(2, 'gone')].join('\n'));
    await see.ready(/^Download 22 files/);
    await page.getByRole('button', { name: 'Run on one machine…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Run on other machines' });
    const start = dialog.getByRole('button', { name: 'Run on one machine' });
    await expect(start).toBeDisabled();
    // The field stands over its button, which is hidden to the eye alone.
    await dialog.getByText('Object storage (S3)').click();
    const storage = dialog.getByRole('textbox', { name: 'Bucket and prefix' });
    await storage.fill('s3:/');
    await expect(dialog.getByText('Expected s3://bucket/prefix.')).toBeVisible();
    await expect(start).toBeDisabled();
    await expectGoodToUse(app);
    await storage.fill('s3://photos/all');
    await expect(start).toBeEnabled();
    await dialog.getByText('Folder', { exact: true }).click();
    await expect(start).toBeDisabled();
    await app.answerOpenDialogs([place]);
    await dialog.getByRole('button', { name: 'Choose the folder…' }).click();
    await expect(dialog).toContainText(place);
    await expectGoodToUse(app);
    await start.click();

    await expect(page.getByRole('button', { name: 'Cancel…' })).toBeVisible();
    await expect(see.pause).toBeHidden();
    await expect.poll(() => server.atOnce).toBeGreaterThan(0);
    await expect(at.worker).toContainText(/Bucket \d+/);
    await expect(page.getByRole('region', { name: 'Hosts' })).toContainText(
      'Of the buckets that workers have now.',
    );
    await expectGoodToUse(app);
    await queue.kill();
    await expect(page.getByText('The queue is not reached: waiting until it is back.')).toBeVisible();
    await at.open();
    await expect(at.headline).toHaveText('The queue is not reached');
    await queue.start();
    await expect(at.headline).toHaveText('1 worker', { timeout: 20_000 });
    await expect(at.runs).toContainText(/0 of \d+ buckets? ha(s|ve) ended/);
    await expectGoodToUse(app);
    server.gate.open();
    await at.runs.getByRole('button', { name: /^Follow/ }).click();
    await see.finished(/^20 files, 2 could not be fetched$/);
    expect(readFileSync(join(place, '00000/photo-0001.jpg')).length).toBe(server.body.length);
    await expectGoodToUse(app);

    // What other machines have done is read here later, and done by them again.
    await page.keyboard.press('ControlOrMeta+4');
    const former = page.getByRole('listitem').filter({ hasText: `on other machines, to ${place}` });
    await expect(former).toHaveCount(1);
    await former.getByRole('button', { name: /^Results/ }).click();
    await see.finished(/^20 files, 2 could not be fetched$/);
    await page.keyboard.press('ControlOrMeta+4');
    await former.getByRole('button', { name: /^More/ }).click();
    await page.getByRole('menuitem', { name: 'Run again, after a look…' }).click();
    await expect(dialog).toContainText(place);
    await expect(start).toBeEnabled();
    await page.keyboard.press('Escape');
    await at.open();
    await at.runs.getByRole('button', { name: /^Results/ }).click();
    await see.finished(/^20 files, 2 could not be fetched$/);

    server.missing = '';
    await see.causes.click();
    await page.getByRole('button', { name: 'Retry 2 failed' }).click();
    await see.finished(/^2 files$/);
    await at.open();
    await expect(at.runs).toHaveCount(2);
    await expect(at.runs.first()).toContainText('2 of 2 items done, 0 failed.');
  },
);

withQueue(
  `who follows a run leaves it to the machines, or cancels it for all of them${hasRedis ? '' : ' [needs redis-server]'}`,
  async ({ app, queue, server, folder }) => {
    test.skip(!hasRedis, 'needs redis-server');
    test.setTimeout(120_000);
    const { page } = app;
    const see = steps(app);
    const at = machines(app);
    await queue.startWorker();
    await setQueue(app, queue.url);
    await closeSettings(app);
    server.gate.shut();
    await app.paste(server.urls(20).join('\n'));
    await see.ready(/^Download 20 files/);
    await see.chooseOutput(join(folder, 'shared'));
    await page.getByRole('button', { name: 'Run on other machines…' }).click();
    await page.getByRole('button', { name: 'Run on one machine' }).last().click();
    await page.getByRole('button', { name: 'Cancel…' }).click();
    await expectGoodToUse(app);
    await page.getByRole('button', { name: 'Only stop following' }).click();
    await see.finished(/^Not followed any more/);
    await at.open();
    await at.runs.getByRole('button', { name: /^Cancel/ }).click();
    await page.getByRole('button', { name: 'Cancel on all machines' }).click();
    await expect(at.runs).toContainText('Cancelled.');
    server.gate.open();
  },
);
