import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSampleImages } from '../test/images/sample-images.ts';
import { faintTexts } from './contrast.ts';
import { expect, test } from './launch.ts';
import { type Pixel, pixel, unreachable } from './seen.ts';
import { steps } from './steps.ts';
import { wear } from './wear.ts';

for (const scheme of ['light', 'dark'] as const) {
  test(`every text can be read on every screen (${scheme})`, async ({ app, folder, server }) => {
    const { page } = app;
    const see = steps(app);
    await wear(page, scheme);
    const photos = join(folder, 'photos');
    await makeSampleImages(photos, { count: 2 });
    writeFileSync(join(photos, 'empty.jpg'), '');
    expect(await faintTexts(page)).toEqual([]);
    await page.keyboard.press('ControlOrMeta+L');
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await faintTexts(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await app.drop([photos]);
    await see.ready(/Make/);
    await page.getByRole('textbox', { name: 'Width' }).fill('99999');
    await expect(page.getByText(/^Between/)).toBeVisible();
    expect(await faintTexts(page)).toEqual([]);
    // What cannot be used holds the start up until it is taken back.
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+2');
    await expect(page.getByRole('heading', { name: 'Which pool size is best?' })).toBeVisible();
    expect(await faintTexts(page)).toEqual([]);
    await page.keyboard.press('ControlOrMeta+1');
    await see.start();
    await see.finished(/could not be made/);
    expect(await faintTexts(page)).toEqual([]);
    await see.layout('List').click();
    await expect(page.getByRole('grid', { name: 'Items' })).toBeVisible();
    expect(await faintTexts(page)).toEqual([]);
    await page.getByRole('button', { name: 'New run' }).click();
    server.gate.shut();
    await see.fetching(server.urls(30), join(folder, 'out'), { poolSize: 6, perHost: 2 });
    server.gate.letThrough(4);
    await expect.poll(() => see.ended()).toBe(4);
    expect(await faintTexts(page)).toEqual([]);
    await see.cancel.click();
    await see.finished(/^Cancelled/);
  });
}

test('the menu opens a folder and tells the version; it has nothing of a browser', async ({
  app,
  folder,
}) => {
  const photos = join(folder, 'photos');
  await makeSampleImages(photos, { count: 2 });
  await app.answerOpenDialogs([photos]);
  const labels = await app.inMain(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label));
  expect(labels?.slice(-4)).toEqual(['File', 'Edit', 'View', 'Help']);
  const roles = await app.inMain(({ Menu }) =>
    Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items.map(({ role }) => role) ?? []),
  );
  expect(roles).toContain('paste');
  expect(roles).not.toContain('reload');
  expect(roles).not.toContain('toggleDevTools');
  await app.clickMenu('about');
  const about = app.page.getByRole('dialog', { name: 'About Shoal' });
  await expect(about).toContainText(/Shoal \d/);
  await expect(about).toContainText('MIT licence');
  await app.page.keyboard.press('Escape');
  await expect(about).toBeHidden();
  await app.clickMenu('open-folder');
  await steps(app).ready('Make 2 thumbnails');
});

test('closing in the middle of a run asks once, and the machine stays awake while it is on', async ({
  app,
  folder,
  server,
}) => {
  server.gate.shut();
  await app.inMain(({ dialog, powerSaveBlocker }) => {
    const noted = { asked: [] as unknown[], awake: [] as unknown[], answer: (_button: number) => {} };
    Object.assign(globalThis, { noted });
    dialog.showMessageBox = (...asked: unknown[]) => {
      const { message, buttons } = asked.at(-1) as Electron.MessageBoxOptions;
      noted.asked.push([message, buttons]);
      return new Promise((resolve) => {
        noted.answer = (response) => resolve({ response, checkboxChecked: false });
      });
    };
    powerSaveBlocker.start = (kind) => noted.awake.push(kind);
    powerSaveBlocker.stop = () => noted.awake.push('may sleep') > 0;
  });
  const noted = () =>
    app.inMain(() => {
      const { asked, awake } = (globalThis as unknown as { noted: { asked: unknown[]; awake: unknown[] } })
        .noted;
      return { asked, awake };
    });
  const close = () => app.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  const answer = (button: number) =>
    app.inMain((_electron, given) => {
      (globalThis as unknown as { noted: { answer(button: number): void } }).noted.answer(given);
    }, button);
  const see = steps(app);
  await see.fetching(server.urls(8), join(folder, 'out'), { poolSize: 2, perHost: 2 });
  server.gate.letThrough(3);
  await expect.poll(() => see.ended()).toBe(3);
  await expect.poll(async () => (await noted()).awake).toEqual(['prevent-app-suspension']);
  await close();
  await close();
  const question = ['3 of 8 are done. Stop the run?', ['Stop and close', 'Keep running']];
  expect((await noted()).asked).toEqual([question]);
  await answer(1);
  await see.pause.click();
  await expect.poll(async () => (await noted()).awake).toEqual(['prevent-app-suspension', 'may sleep']);
  await see.resume.click();
  await close();
  expect((await noted()).asked).toEqual([question, question]);
  await answer(0);
  await app.ended();
});

test('with a contrast theme, what is done, chosen and working is still seen', async ({
  app,
  folder,
  server,
}) => {
  server.gate.shut();
  const { page } = app;
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  const see = steps(app);
  await see.fetching(server.urls(40), join(folder, 'out'), { poolSize: 4, perHost: 2 });
  server.gate.letThrough(20);
  await expect.poll(() => see.ended()).toBe(20);
  const differ = async (one: Pixel, other: Pixel) => {
    const same = async () => (await pixel(one)) === (await pixel(other));
    await expect.poll(same, { message: `${one[0]} looks like ${other[0]}` }).toBe(false);
  };
  await differ([see.progress, 0.2, 0.5], [see.progress, 0.8, 0.5]);
  const chosen = page.locator('.mantine-SegmentedControl-label[data-active]');
  const others = page.locator('.mantine-SegmentedControl-label:not([data-active])');
  for (const at of [0, 1]) await differ([chosen.nth(at), 0.08, 0.5], [others.nth(at), 0.08, 0.5]);
  const filter = (pressed: boolean) => page.locator(`button[aria-pressed="${pressed}"]`).first();
  await differ([filter(true), 0.05, 0.2], [filter(false), 0.05, 0.2]);
  const lanes = page.getByRole('list', { name: 'Lanes' }).getByRole('listitem');
  // Which of the lanes are busy depends on which ended last.
  const idle = lanes.filter({ hasText: 'idle' }).first();
  const busy = lanes.filter({ hasNotText: 'idle' }).first();
  await differ([busy, 0.015, 0.5], [idle, 0.015, 0.5]);
  const track = page.locator('.mantine-Slider-track');
  await differ([track, 0.01, 0.5], [page.getByRole('region', { name: 'Pool size' }), 0.01, 0.05]);
  await see.cancel.click();
  await see.finished(/^Cancelled/);
});

test('the focus goes to the new screen when a run starts and ends, and problems go with theirs', async ({
  app,
  folder,
  server,
}) => {
  server.gate.shut();
  const { page } = app;
  const see = steps(app);
  const focused = () => page.evaluate(() => document.activeElement?.tagName);
  await app.drop([join(folder, 'nothing.jpg')]);
  await expect(page.getByRole('alert')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+2');
  await expect(page.getByRole('alert')).toBeHidden();
  await page.keyboard.press('ControlOrMeta+1');
  await see.fetching(server.urls(3), join(folder, 'out'), { poolSize: 2, perHost: 2 });
  await expect.poll(focused).toBe('H2');
  await see.pause.focus();
  await page.keyboard.press('ControlOrMeta+A');
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('');
  server.gate.open();
  await see.finished('3 files');
  await expect.poll(focused).toBe('H2');
  await page.keyboard.press('ControlOrMeta+A');
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('');
  await page.getByRole('button', { name: 'New run' }).click();
  await page.keyboard.press('ControlOrMeta+L');
  await page.getByRole('textbox').last().fill('https://example.com/a.jpg');
  await page.keyboard.press('ControlOrMeta+A');
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('https://example.com/a.jpg');
});

test('in a small window the settings fold away, and nothing is covered or cut off', async ({
  app,
  folder,
  server,
}) => {
  server.gate.shut();
  const { page } = app;
  const see = steps(app);
  await page.setViewportSize({ width: 1000, height: 700 });
  await see.fetching(server.urls(40), join(folder, 'out'), { poolSize: 4, perHost: 2 });
  server.gate.letThrough(20);
  await expect.poll(() => see.ended()).toBe(20);
  await expect(see.slider).toBeVisible();
  await page.setViewportSize({ width: 640, height: 480 });
  await expect(see.slider).toBeHidden();
  expect(await unreachable(page)).toEqual([]);
  await page.getByRole('button', { name: 'Show the settings' }).click();
  await expect(see.slider).toBeVisible();
  await page.getByRole('button', { name: 'Fold the settings' }).click();
  await page.keyboard.press('ControlOrMeta+2');
  expect(await unreachable(page)).toEqual([]);
  await page.keyboard.press('ControlOrMeta+1');
  await see.cancel.click();
  await see.finished(/^Cancelled/);
  expect(await unreachable(page)).toEqual([]);
  await page.getByRole('button', { name: 'New run' }).click();
  await expect(page.getByRole('main')).toHaveAttribute('aria-label', 'Start');
  expect(await unreachable(page)).toEqual([]);
});
