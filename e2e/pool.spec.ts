import { join } from 'node:path';
import { expect, type LaunchedApp, test } from './launch.ts';
import { startServer, type TestServer } from './material.ts';
import { steps } from './steps.ts';

let server: TestServer;
test.beforeEach(async () => {
  server = await startServer();
  server.latencyMs = 120;
});
test.afterEach(() => server.close());

/** Starts fetching from the one server, which may be asked by as many at once as the slider says. */
async function fetching(app: LaunchedApp, folder: string, count: number, poolSize: number, perHost = 64) {
  const see = steps(app);
  await app.answerOpenDialogs([join(folder, 'out')]);
  await app.paste(server.urls(count).join('\n'));
  await see.ready(/Download/);
  await app.page.getByRole('button', { name: 'Choose…' }).click();
  await app.page.getByRole('textbox', { name: 'Per host' }).fill(String(perHost));
  await see.typedPoolSize.fill(String(poolSize));
  await see.start();
  await expect(see.pause).toBeVisible();
  return see;
}

test('moving the slider during a run changes the number in flight at once', async ({ app, folder }) => {
  const see = await fetching(app, folder, 3_000, 2);
  await expect.poll(() => server.most).toBe(2);
  await expect(see.slider).toHaveAttribute('aria-valuetext', '2 at once');
  await see.slider.focus();
  for (let size = 3; size <= 8; size += 1) await app.page.keyboard.press('ArrowRight');
  await expect(see.slider).toHaveAttribute('aria-valuetext', '8 at once');
  // The server sees it, the figures say it, a lane is there for each, and the chart has the moment.
  await expect.poll(() => server.most).toBe(8);
  await expect.poll(() => see.inFlight()).toBe(8);
  await expect(app.page.getByRole('list', { name: 'Lanes' }).getByRole('listitem')).toHaveCount(8);
  await expect(app.page.getByRole('img', { name: /pool size changed [1-9]/ })).toBeVisible();
  await app.page.keyboard.press('Home');
  await expect.poll(() => see.inFlight()).toBe(1);
  server.most = 0;
  await app.page.waitForTimeout(400);
  expect(server.most).toBe(1);
  await see.cancel.click();
  await see.finished(/Cancelled/);
  await expect(app.page.getByRole('region', { name: 'Pool sizes used' })).toContainText('2 → ');
});

test('idle lanes are seen, with the reason why they wait', async ({ app, folder }) => {
  const see = await fetching(app, folder, 200, 4, 1);
  const lanes = app.page.getByRole('list', { name: 'Lanes' }).getByRole('listitem');
  await expect(lanes).toHaveCount(4);
  await expect(app.page.getByText('1 busy, 3 idle')).toBeVisible();
  await expect(lanes.filter({ hasText: 'idle' })).toHaveCount(3);
  await expect(lanes.filter({ hasText: /photo-\d+\.jpg\s*\d+ ms/ })).toHaveCount(1);
  await expect(app.page.getByText('one host gets 1 at once')).toBeVisible();
  await see.cancel.click();
  await see.finished(/^Cancelled/);
});

test('a run tells how far it is, how fast it goes, and how long it will take', async ({ app, folder }) => {
  server.missing = '-0003';
  const see = await fetching(app, folder, 400, 4);
  await expect.poll(() => see.ended()).toBeGreaterThan(20);
  await expect(see.progress).toHaveAttribute('aria-valuemax', '400');
  await expect(see.figures).toContainText(/[\d.]+ items\/s/);
  await expect(see.figures).toContainText(/[\d.]+ [kM]B\/s/);
  await expect(see.figures).toContainText('4 in flight');
  await expect(see.figures).toContainText('1 failed');
  await expect(app.page.getByText('of 400 files')).toBeVisible();
  // That it goes down and does not jump is for src/shared/progress.test.ts, whose clock keeps time on any machine.
  await expect(
    app.page.getByText(/^(about \d+ s|about a minute|about \d+ min|a few seconds) left$/),
  ).toBeVisible();
  await see.cancel.click();
  await see.finished(/^Cancelled/);
});

test('the default is marked on the slider, and one click goes back to it', async ({ app }) => {
  await app.paste('https://example.com/a.jpg');
  const see = steps(app);
  await see.typedPoolSize.fill('40');
  await expect(see.slider).toHaveAttribute('aria-valuetext', '40 at once');
  await app.page.getByRole('button', { name: 'Default 16' }).click();
  await expect(see.slider).toHaveAttribute('aria-valuetext', '16 at once');
  // Where the default is, the thumb stands on the mark.
  const middle = async (selector: string) => {
    const box = await app.page.locator(selector).first().boundingBox();
    return (box?.x ?? 0) + (box?.width ?? 0) / 2;
  };
  expect(await middle('.mantine-Slider-mark')).toBeCloseTo(await middle('.mantine-Slider-thumb'), 0);
});

test('pause holds the run, resume goes on, cancel tells what was finished', async ({ app, folder }) => {
  const see = await fetching(app, folder, 400, 4);
  await expect.poll(() => see.ended()).toBeGreaterThan(4);
  await see.pause.click();
  await expect(app.page.getByText('Paused', { exact: true })).toBeVisible();
  const asked = server.asked;
  await app.page.waitForTimeout(500);
  expect(server.asked).toBe(asked);
  await see.resume.click();
  await expect.poll(() => server.asked).toBeGreaterThan(asked);
  await see.cancel.click();
  await see.finished(/^Cancelled: \d+ files saved, \d+ left undone$/);
  expect(server.asked).toBeLessThan(400);
});

test('the pool size is kept for the next start', async ({ launch }) => {
  const first = await launch();
  await first.paste('https://example.com/a.jpg');
  await steps(first).typedPoolSize.fill('12');
  await expect(steps(first).slider).toHaveAttribute('aria-valuetext', '12 at once');
  await first.page.waitForTimeout(400);
  await first.close();
  const second = await launch();
  await second.paste('https://example.com/a.jpg');
  await expect(steps(second).typedPoolSize).toHaveValue('12');
});
