import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSampleImages, makeSlowImages } from '../test/images/sample-images.ts';
import { violationsOn } from './axe.ts';
import { expect, test } from './launch.ts';
import { manyImages } from './material.ts';
import { steps } from './steps.ts';
import { wear } from './wear.ts';

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any screen (${scheme})`, async ({ app, folder }) => {
    await wear(app.page, scheme);
    const photos = join(folder, 'photos');
    await makeSampleImages(photos, { count: 4 });
    writeFileSync(join(photos, 'empty.jpg'), '');
    const see = steps(app);
    expect(await violationsOn(app.page)).toEqual([]);
    await app.page.keyboard.press('ControlOrMeta+L');
    await expect(app.page.getByRole('dialog')).toBeVisible();
    expect(await violationsOn(app.page)).toEqual([]);
    await app.page.keyboard.press('Escape');
    await expect(app.page.getByRole('dialog')).toBeHidden();
    await app.drop([photos]);
    await see.ready(/Make/);
    expect(await violationsOn(app.page)).toEqual([]);
    await app.page.keyboard.press('ControlOrMeta+2');
    await expect(app.page.getByRole('heading', { name: 'Which pool size is best?' })).toBeVisible();
    expect(await violationsOn(app.page)).toEqual([]);
    await app.page.keyboard.press('ControlOrMeta+1');
    await see.start();
    await see.finished(/could not be made/);
    expect(await violationsOn(app.page)).toEqual([]);
    await see.layout('List').click();
    await expect(app.page.getByRole('grid', { name: 'Items' })).toBeVisible();
    expect(await violationsOn(app.page)).toEqual([]);
    await app.page.getByRole('button', { name: 'New run' }).click();
    await manyImages(join(folder, 'many'), 50);
    await makeSlowImages(join(folder, 'many'), 300);
    await app.drop([join(folder, 'many')]);
    await see.ready(/Make/);
    await see.typePoolSize(2);
    await see.start();
    await expect(see.pause).toBeVisible();
    await see.pause.click();
    await expect(app.page.getByText('Paused', { exact: true })).toBeVisible();
    expect(await violationsOn(app.page)).toEqual([]);
    await see.cancel.click();
    await see.finished(/Cancelled/);
  });
}

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the screens of a task of one’s own (${scheme})`, async ({ app, folder }) => {
    const { page } = app;
    await wear(page, scheme);
    const see = steps(app);
    const module = join(folder, 'picky.mjs');
    writeFileSync(module, `throw new Error('not yet');`);
    await app.answerOpenDialogs([module], 'openFile');
    await page.getByRole('button', { name: 'Your own task…' }).click();
    await see.ready('Now give the items');
    expect(await violationsOn(page)).toEqual([]);
    await app.paste('one\ntwo');
    await see.ready('This cannot start yet');
    expect(await violationsOn(page)).toEqual([]);
    writeFileSync(
      module,
      `export default (item) => { if (item === 'two') throw new Error('no'); return item; };`,
    );
    await page.getByRole('button', { name: 'Look again' }).click();
    await see.ready('Apply to 2 items');
    expect(await violationsOn(page)).toEqual([]);
    await see.start();
    await see.finished('1 item, 1 failed');
    await page.getByRole('grid', { name: 'Items' }).getByText('one').first().click();
    await expect(page.getByRole('region', { name: 'Inspector' })).toBeVisible();
    expect(await violationsOn(page)).toEqual([]);
  });
}

test('everything can be done by the keyboard alone', async ({ app, folder }) => {
  const photos = join(folder, 'photos');
  await makeSampleImages(photos, { count: 3 });
  await app.answerOpenDialogs([photos]);
  const { page } = app;
  const see = steps(app);
  await page.keyboard.press('ControlOrMeta+O');
  await see.ready('Make 3 thumbnails');
  // Every control is reached by Tab, in turn, and shows that it has the focus.
  const reached: string[] = [];
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press('Tab');
    const found = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return undefined;
      const shown = getComputedStyle(element);
      const name = element.getAttribute('aria-label') ?? element.id ?? element.textContent ?? '';
      const role = element.getAttribute('role') ?? element.tagName.toLowerCase();
      const visible =
        shown.outlineStyle !== 'none' || shown.boxShadow !== 'none' || element.tagName === 'INPUT';
      return { name: `${role} ${name}`, visible };
    });
    if (found === undefined) break;
    expect(found.visible, `${found.name} shows its focus`).toBe(true);
    reached.push(found.name);
  }
  expect(reached.some((name) => name.startsWith('slider'))).toBe(true);
  await see.slider.focus();
  await page.keyboard.press('ArrowRight');
  const places = Number(await see.slider.getAttribute('aria-valuenow'));
  await page.keyboard.press('ArrowLeft');
  await expect(see.slider).toHaveAttribute('aria-valuenow', String(places - 1));
  await page.keyboard.press('ArrowRight');
  await expect(see.slider).toHaveAttribute('aria-valuenow', String(places));
  const start = page.getByRole('button', { name: /^Make/ });
  await start.focus();
  await page.keyboard.press('Enter');
  await see.finished('3 thumbnails');
  await page.getByRole('button', { name: 'Save report' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: /CSV/ })).toBeVisible();
  await page.keyboard.press('Escape');
});

test('a run tells a screen reader where it stands, and not at every update', async ({
  app,
  folder,
  server,
}) => {
  server.gate.shut();
  await app.page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    const live = [...document.querySelectorAll('[role="status"][aria-live="polite"]')].at(-1);
    if (live === undefined) throw new Error('There is no live region.');
    new MutationObserver(() => said.push(live.textContent ?? '')).observe(live, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  const see = steps(app);
  await see.fetching(server.urls(20), join(folder, 'out'), { poolSize: 2, perHost: 2 });
  // Each of them is told to the page; a screen reader hears one at each quarter.
  for (let ended = 1; ended <= 19; ended += 1) {
    server.gate.letThrough(1);
    await expect.poll(() => see.ended()).toBe(ended);
  }
  server.gate.open();
  await see.finished('20 files');
  const said = () => app.page.evaluate(() => (window as unknown as { said: string[] }).said);
  await expect.poll(async () => (await said()).at(-1)).toBe('Finished: 20 done.');
  const quarters = [5, 10, 15].map((ended) => `Working: ${ended} of 20 items.`);
  expect((await said()).filter((sentence) => quarters.includes(sentence))).toEqual(quarters);
  // Beside these: that it looks, that it begins, that the last item ended before the run did.
  expect((await said()).length).toBeLessThanOrEqual(7);
});
