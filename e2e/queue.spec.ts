import { join } from 'node:path';
import { makeSampleImages } from '../test/images/sample-images.ts';
import { violationsOn } from './axe.ts';
import { faintTexts } from './contrast.ts';
import { expect, test } from './launch.ts';
import { filesBelow } from './material.ts';
import { unreachable } from './seen.ts';
import { steps } from './steps.ts';

test('what is dropped onto a run waits in an order that can be changed, and starts by itself; after a cancel it waits', async ({
  app,
  folder,
  server,
}) => {
  const { page } = app;
  const see = steps(app);
  const queue = page.getByRole('list', { name: 'Queue' }).getByRole('listitem');
  const view = (name: RegExp) => page.locator('label').filter({ hasText: name }).first();
  for (const [name, count] of [
    ['second', 2],
    ['third', 3],
    ['fourth', 4],
  ] as const) {
    await makeSampleImages(join(folder, name), { count });
  }
  server.gate.shut();
  await see.fetching(server.urls(5), join(folder, 'out'), { poolSize: 2, perHost: 2 });
  for (const name of ['second', 'third', 'fourth']) await app.drop([join(folder, name)]);
  await view(/^Queue 3$/).click();
  await expect(queue.getByRole('heading')).toHaveText(['second', 'third', 'fourth']);
  await expect(queue.first()).toContainText('75 × 75, whole');
  const earlier = page.getByRole('button', { name: 'Earlier: third' });
  await earlier.click();
  await expect(queue.getByRole('heading')).toHaveText(['third', 'second', 'fourth']);
  await page.getByRole('button', { name: 'Later: third' }).focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(queue.getByRole('heading')).toHaveText(['second', 'third', 'fourth']);
  const named = (title: string) => queue.filter({ has: page.getByRole('heading', { name: title }) });
  await named('fourth').dragTo(named('second'), { targetPosition: { x: 60, y: 4 } });
  await expect(queue.getByRole('heading')).toHaveText(['fourth', 'second', 'third']);
  await named('fourth').dragTo(named('third'), { targetPosition: { x: 60, y: 40 } });
  await expect(queue.getByRole('heading')).toHaveText(['second', 'third', 'fourth']);
  // What was dragged is no input of a further run.
  await page.getByRole('button', { name: 'Remove from the queue: fourth' }).click();
  await expect(queue).toHaveCount(2);
  await expect(page.getByRole('main')).toContainText('is on: 0 of 5');
  await expect(page.getByText('The first one starts by itself when this run ends.')).toBeVisible();
  expect(await violationsOn(page)).toEqual([]);
  expect(await faintTexts(page)).toEqual([]);
  expect(await unreachable(page)).toEqual([]);

  // Cancelled: the next one waits until it is told to start, and the one behind it starts by itself.
  await view(/^Run$/).click();
  await see.cancel.click();
  await see.finished(/^Cancelled/);
  await view(/^Queue 2$/).click();
  await expect(page.getByText('A run was cancelled, so the next one waits')).toBeVisible();
  await page.getByRole('button', { name: 'Start the next one' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing waits' })).toBeVisible({ timeout: 30_000 });
  await expect.poll(() => filesBelow(join(folder, 'third', 'thumbs')).length, { timeout: 30_000 }).toBe(3);
  expect(filesBelow(join(folder, 'second', 'thumbs'))).toHaveLength(2);
  await view(/^Run$/).click();
  await see.finished('3 thumbnails');
});

test('the queue survives a restart and starts nothing by itself; an entry can be changed at the start', async ({
  launch,
  folder,
}) => {
  await makeSampleImages(join(folder, 'photos'), { count: 2 });
  const first = await launch();
  await first.drop([join(folder, 'photos')]);
  await steps(first).ready('Make 2 thumbnails');
  await first.page.getByRole('textbox', { name: 'Width' }).fill('64');
  await steps(first).ready('Make 2 thumbnails');
  await first.page.getByRole('button', { name: 'Add to queue' }).click();
  await expect(first.page.getByText('Queue 1')).toBeVisible();
  await expect(first.page.getByRole('main')).toHaveAttribute('aria-label', 'Start');
  await first.close();

  const app = await launch();
  const { page } = app;
  await page.getByText('Queue 1').click();
  await expect(page.getByText('1 waiting from last time. Nothing starts by itself.')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Queue' })).toContainText('64 × 75, whole');
  await page.getByRole('button', { name: 'Edit: photos' }).click();
  await steps(app).ready('Make 2 thumbnails');
  await expect(page.getByRole('textbox', { name: 'Width' })).toHaveValue('64');
  await steps(app).start();
  await steps(app).finished('2 thumbnails');
});
