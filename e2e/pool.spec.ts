import { join } from 'node:path';
import { expect, test } from './launch.ts';
import { steps } from './steps.ts';

test.beforeEach(({ server }) => server.gate.shut());

test('moving the slider during a run changes the number in flight at once', async ({
  app,
  folder,
  server,
}) => {
  const see = steps(app);
  await see.fetching(server.urls(100), join(folder, 'out'), { poolSize: 2, perHost: 64 });
  await expect.poll(() => server.atOnce).toBe(2);
  await expect(see.slider).toHaveAttribute('aria-valuetext', '2 at once');
  await see.slider.focus();
  for (let size = 3; size <= 8; size += 1) await app.page.keyboard.press('ArrowRight');
  await expect(see.slider).toHaveAttribute('aria-valuetext', '8 at once');
  // The server sees it, the figures say it, a lane is there for each, and the chart has the moment.
  await expect.poll(() => server.atOnce).toBe(8);
  await expect.poll(() => see.inFlight()).toBe(8);
  await expect(app.page.getByRole('list', { name: 'Lanes' }).getByRole('listitem')).toHaveCount(8);
  await expect(app.page.getByRole('img', { name: /pool size changed [1-9]/ })).toBeVisible();
  // What is in flight ends; then it is one after the other.
  await app.page.keyboard.press('Home');
  await expect(see.slider).toHaveAttribute('aria-valuetext', '1 at once');
  server.gate.letThrough(8);
  await expect.poll(() => see.inFlight()).toBe(1);
  server.most = 0;
  for (let asked = 10; asked < 13; asked += 1) {
    server.gate.letThrough(1);
    await expect.poll(() => server.asked).toBe(asked);
  }
  expect(server.most).toBe(1);
  await see.cancel.click();
  await see.finished(/Cancelled/);
  await expect(app.page.getByRole('region', { name: 'Pool sizes used' })).toContainText(/^.*2 → .*8 → 1$/);
});

test('idle lanes are seen, with the reason why they wait', async ({ app, folder, server }) => {
  const see = steps(app);
  await see.fetching(server.urls(20), join(folder, 'out'), { poolSize: 4, perHost: 1 });
  const lanes = app.page.getByRole('list', { name: 'Lanes' }).getByRole('listitem');
  await expect(lanes).toHaveCount(4);
  await expect(app.page.getByText('1 busy, 3 idle')).toBeVisible();
  await expect(lanes.filter({ hasText: 'idle' })).toHaveCount(3);
  const working = lanes.filter({ hasText: 'photo-0001.jpg' });
  await expect(working).toHaveCount(1);
  // How long it has been on by now, which goes on while nothing ends.
  const since = async () => milliseconds(await working.innerText());
  const before = await since();
  expect(before).toBeGreaterThanOrEqual(0);
  await expect.poll(since).toBeGreaterThan(before);
  await expect(app.page.getByText(/Idle lanes wait for 127.*: one host gets 1 at once/)).toBeVisible();
  await see.cancel.click();
  await see.finished(/^Cancelled/);
});

test('a run tells how far it is, how fast it goes, and how long it will take', async ({
  app,
  folder,
  server,
}) => {
  server.missing = '-0003';
  const see = steps(app);
  await see.fetching(server.urls(400), join(folder, 'out'), { poolSize: 4, perHost: 64 });
  server.gate.letThrough(200);
  await expect.poll(() => see.ended()).toBe(200);
  await expect(see.progress).toHaveAttribute('aria-valuemax', '400');
  await expect(app.page.getByText('200 of 400 files')).toBeVisible();
  await expect(see.figures).toContainText('4 in flight');
  await expect(see.figures).toContainText('1 failed');
  // While nothing ends they sink, and are above nothing for as long as anybody looks.
  await expect(see.figures).toContainText(/(?!0 )[\d.,]+ items\/s/);
  await expect(see.figures).toContainText(/(?!0 )[\d.,]+ k?B\/s/);
  // That it goes down and does not jump is for src/shared/progress/progress.test.ts, whose clock keeps time on any machine.
  await expect(
    app.page.getByText(/^(about [\d.]+ (s|min|h)|about a minute|a few seconds) left$/),
  ).toBeVisible();
  await see.cancel.click();
  await see.finished('Cancelled: 199 files, 1 could not be fetched, 200 left undone');
});

test('the default is marked on the slider, and one click goes back to it', async ({ app }) => {
  await app.paste('https://example.com/a.jpg');
  const see = steps(app);
  await see.typePoolSize(40);
  await expect(see.slider).toHaveAttribute('aria-valuetext', '40 at once');
  await app.page.getByRole('button', { name: 'Default 16' }).click();
  await expect(see.slider).toHaveAttribute('aria-valuetext', '16 at once');
  // Where the default is, the thumb stands on the mark.
  const middle = async (selector: string) => {
    const box = await app.page.locator(selector).first().boundingBox();
    return (box?.x ?? 0) + (box?.width ?? 0) / 2;
  };
  const mark = await middle('.mantine-Slider-mark');
  await expect.poll(async () => Math.abs((await middle('.mantine-Slider-thumb')) - mark)).toBeLessThan(0.5);
});

test('pause holds the run, resume goes on, cancel tells what was finished', async ({
  app,
  folder,
  server,
}) => {
  const see = steps(app);
  await see.fetching(server.urls(100), join(folder, 'out'), { poolSize: 4, perHost: 64 });
  server.gate.letThrough(6);
  await expect.poll(() => see.ended()).toBe(6);
  await see.pause.click();
  await expect(app.page.getByText('Pausing…')).toBeVisible();
  // What is in flight ends, and nothing takes its place: one that did would wait at the gate and be in flight.
  server.gate.letThrough(4);
  await expect(app.page.getByText('Paused', { exact: true })).toBeVisible();
  expect(await see.ended()).toBe(10);
  expect([server.asked, server.atOnce]).toEqual([10, 0]);
  await see.resume.click();
  await expect.poll(() => server.asked).toBe(14);
  await see.cancel.click();
  await see.finished('Cancelled: 10 files, 90 left undone');
  expect(server.asked).toBe(14);
});

test('an automatic pool shows the size that the run has, until a hand is on the slider', async ({
  app,
  folder,
  server,
}) => {
  const see = steps(app);
  const automatic = app.page.getByRole('switch', { name: 'Automatic' });
  await see.fetching(server.urls(100), join(folder, 'out'), { poolSize: 4, perHost: 64 });
  await expect(automatic).not.toBeChecked();
  await expect.poll(() => server.asked).toBe(4);
  await automatic.check();
  await expect.poll(() => app.keptSettings()).toMatchObject({ fetchPoolSize: 'auto' });
  // Nothing has ended yet, so that the run has no reason to change it.
  await expect(see.typedPoolSize).toHaveValue('4');
  await see.typePoolSize(2);
  await expect(automatic).not.toBeChecked();
  await expect.poll(() => app.keptSettings()).toMatchObject({ fetchPoolSize: 2 });
  await see.cancel.click();
  await see.finished(/^Cancelled/);
});

test('the pool size is kept for the next start', async ({ launch }) => {
  const first = await launch();
  await first.paste('https://example.com/a.jpg');
  await steps(first).typePoolSize(12);
  await expect(steps(first).slider).toHaveAttribute('aria-valuetext', '12 at once');
  await expect.poll(() => first.keptSettings()).toMatchObject({ fetchPoolSize: 12 });
  await first.close();
  const second = await launch();
  await second.paste('https://example.com/a.jpg');
  await expect(steps(second).typedPoolSize).toHaveValue('12');
});

/** Of "1 photo-0001.jpg 240 ms", "… 1.2 s" and "… 1 min 05 s". */
function milliseconds(lane: string): number {
  const of = (unit: RegExp) => Number(unit.exec(lane)?.[1] ?? 0);
  return of(/([\d.]+) ms$/) + 1_000 * of(/([\d.]+) s$/) + 60_000 * of(/(\d+) min/);
}
