import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSampleImages } from '../test/images/sample-images.ts';
import { violationsOn } from './axe.ts';
import { faintTexts } from './contrast.ts';
import { expect, type LaunchedApp, test } from './launch.ts';
import { unreachable } from './seen.ts';
import { steps } from './steps.ts';

const shout = 'export default async (item) => ({ shouted: item.toUpperCase() });\n';

/** A module that writes each item in capitals. */
function shoutIn(folder: string): string {
  const module = join(folder, 'shout.mjs');
  writeFileSync(module, shout);
  return module;
}

/** Chooses a module at the start, by the button. */
async function choose(app: LaunchedApp, path: string): Promise<void> {
  await app.answerOpenDialogs([path], 'openFile');
  await app.page.getByRole('button', { name: 'Your own task…' }).click();
  await expect(app.page.getByRole('region', { name: 'Task', exact: true })).toBeVisible();
}

/** The next questions of main are answered so; what they said is kept. */
async function answerQuestions(app: LaunchedApp, response: number): Promise<void> {
  await app.inMain(({ dialog }, answer) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    dialog.showMessageBox = async (...given: unknown[]) => {
      const { message, detail } = given.at(-1) as Electron.MessageBoxOptions;
      asked.push(`${message} ${detail}`);
      return { response: answer, checkboxChecked: false };
    };
  }, response);
}

const questions = (app: LaunchedApp) =>
  app.inMain(() => (globalThis as unknown as { asked: string[] }).asked);

/** The rows of the table, as name and value. */
async function rowsOf(app: LaunchedApp): Promise<string[]> {
  const rows = app.page.getByRole('grid', { name: 'Items' }).locator('[data-position]');
  return rows.evaluateAll((lines) =>
    lines.map((line) => [1, 3].map((cell) => line.children[cell]?.textContent).join(' → ')),
  );
}

test('a module is chosen and applied to pasted lines; values stand in the order of the lines, and in the sheet of an item', async ({
  app,
  folder,
}) => {
  const { page } = app;
  const see = steps(app);
  const module = join(folder, 'shout.mjs');
  writeFileSync(
    module,
    `export default async (item) => {
      await new Promise((ended) => setTimeout(ended, item === 'one' ? 300 : 0));
      return { shouted: item.toUpperCase() };
    };`,
  );
  await choose(app, module);
  await expect(see.preview).toHaveText('Now give the items');
  await expect(page.getByRole('region', { name: 'Task', exact: true })).toContainText('shout.mjs');
  expect(await violationsOn(page)).toEqual([]);
  expect(await faintTexts(page)).toEqual([]);
  await page.getByRole('region', { name: 'Preview' }).getByRole('button', { name: 'Paste list…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Paste a list of items' });
  await dialog.getByRole('textbox').fill('one\ntwo words\nthree\n');
  await expect(dialog.getByRole('status')).toHaveText('3 items');
  await dialog.getByRole('button', { name: 'Use list' }).click();
  await see.ready('Apply to 3 items');
  expect(await violationsOn(page)).toEqual([]);
  expect(await faintTexts(page)).toEqual([]);
  expect(await unreachable(page)).toEqual([]);
  await page.getByRole('button', { name: 'Copy as command' }).click();
  await expect(page.locator('code')).toHaveText(`shoal map --pool auto -- ${module} one 'two words' three`);
  await see.start();
  await see.finished('3 items');
  expect(await rowsOf(app)).toEqual([
    'one → {"shouted":"ONE"}',
    'two words → {"shouted":"TWO WORDS"}',
    'three → {"shouted":"THREE"}',
  ]);
  await page.getByText('two words', { exact: true }).first().click();
  await expect(page.getByRole('region', { name: 'Inspector' })).toContainText('{"shouted":"TWO WORDS"}');
  // There is no picture of it to be seen large.
  await page.keyboard.press(' ');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByText('two words', { exact: true }).first().dblclick();
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(await violationsOn(page)).toEqual([]);
  expect(await unreachable(page)).toEqual([]);
  const report = join(folder, 'report.csv');
  await app.answerSaveDialogs(report);
  await see.saveReport(/CSV/);
  await expect
    .poll(() => {
      try {
        return readFileSync(report, 'utf8');
      } catch {
        return '';
      }
    })
    .toContain('"{""shouted"":""THREE""}"');
});

test('a module that is broken is told of beside it, and nothing starts before it is mended', async ({
  app,
  folder,
}) => {
  const { page } = app;
  const see = steps(app);
  const module = join(folder, 'broken.mjs');
  writeFileSync(module, `throw new Error('no key was given');`);
  await choose(app, module);
  await app.paste('one\ntwo');
  await see.ready('This cannot start yet');
  await expect(page.getByRole('alert')).toHaveText('Cannot load broken.mjs: no key was given');
  await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Add to queue' })).toBeDisabled();
  expect(await violationsOn(page)).toEqual([]);
  writeFileSync(module, 'export const other = 1;');
  await page.getByRole('button', { name: 'Look again' }).click();
  await expect(page.getByRole('alert')).toHaveText(
    'Expected broken.mjs to export a function as its default, got nothing',
  );
  writeFileSync(module, shout);
  await page.getByRole('button', { name: 'Look again' }).click();
  await see.ready('Apply to 2 items');
  await see.start();
  await see.finished('2 items');
});

test('items that fail are told with their cause, and retried alone once the module is mended; the history has the run', async ({
  app,
  folder,
}) => {
  const { page } = app;
  const see = steps(app);
  const module = join(folder, 'picky.mjs');
  writeFileSync(
    module,
    `export default (item) => {
      if (item.startsWith('x')) throw new Error('x is not liked');
      return item.length;
    };`,
  );
  await choose(app, module);
  await app.paste('good\nx1\nx2');
  await see.ready('Apply to 3 items');
  await see.start();
  await see.finished('1 item, 2 failed');
  await expect(see.causes).toHaveCount(1);
  expect(await rowsOf(app)).toEqual([
    'good → 4',
    expect.stringMatching(/^x1 → .*x is not liked$/),
    expect.stringMatching(/^x2 → .*x is not liked$/),
  ]);
  await page.getByText('x1', { exact: true }).first().click();
  await expect(page.getByRole('region', { name: 'Inspector' })).toContainText('TASK_THREW');
  writeFileSync(module, 'export default (item) => "mended " + item;');
  await see.causes.click();
  await page.getByRole('button', { name: 'Retry 2 failed' }).click();
  await see.finished('2 items');
  expect(await rowsOf(app)).toEqual(['x1 → mended x1', 'x2 → mended x2']);

  await page.getByRole('button', { name: 'New run' }).click();
  await page.keyboard.press('ControlOrMeta+4');
  const title = 'picky.mjs: Pasted list';
  await expect(page.getByRole('main').getByText(title)).toHaveCount(2);
  await page
    .getByRole('button', { name: `Results: ${title}` })
    .last()
    .click();
  await see.finished('1 item, 2 failed');
  expect((await rowsOf(app))[0]).toBe('good → 4');
  // The module is another version by now: it is asked about again.
  await answerQuestions(app, 0);
  await page.getByRole('button', { name: 'Run again' }).click();
  await see.ready('Apply to 3 items');
  expect(await questions(app)).toHaveLength(1);
  await see.start();
  await see.finished('3 items');
});

test('a module that is dropped is asked about first, once for each version; refused, it is not taken', async ({
  app,
  folder,
}) => {
  const { page } = app;
  const see = steps(app);
  const module = shoutIn(folder);
  await answerQuestions(app, 1);
  await app.drop([module]);
  await expect(page.getByText('shout.mjs is a program, and was not allowed to run.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Task', exact: true })).toBeHidden();
  expect(await questions(app)).toEqual([
    expect.stringMatching(
      /^Use shout\.mjs as the task\? It is a program in ….+, and runs with all your rights: use it only if you trust it\.$/,
    ),
  ]);
  await answerQuestions(app, 0);
  await app.drop([module]);
  await see.ready('Now give the items');
  await page.getByRole('button', { name: 'Remove shout.mjs' }).click();
  await app.drop([module]);
  await see.ready('Now give the items');
  expect(await questions(app)).toHaveLength(1);
  await app.dropText('a\nb');
  await see.ready('Apply to 2 items');
});

test('where a module is refused, nothing starts at once that was meant for it', async ({ app, folder }) => {
  const { page } = app;
  const see = steps(app);
  const module = shoutIn(folder);
  await makeSampleImages(join(folder, 'photos'), { count: 2 });
  await see.startAtOnce();
  await answerQuestions(app, 1);
  await app.drop([join(folder, 'photos'), module]);
  await see.ready('Make 2 thumbnails');
  await expect(page.getByText('shout.mjs is a program, and was not allowed to run.')).toBeVisible();
});

test('a task can be chosen for what is given already, by the menu, and taken away again', async ({
  app,
  folder,
}) => {
  const { page } = app;
  const see = steps(app);
  const module = shoutIn(folder);
  await app.paste('http://127.0.0.1:9/a.jpg\nhttp://127.0.0.1:9/b.jpg');
  await see.ready('Download 2 files');
  await app.answerOpenDialogs([module], 'openFile');
  await app.clickMenu('open-module');
  await see.ready('Apply to 2 items');
  await page.keyboard.press('ControlOrMeta+2');
  await expect(page.getByRole('heading', { name: 'Nothing to measure beforehand' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+1');
  await page.getByRole('button', { name: 'Remove shout.mjs' }).click();
  await see.ready('Download 2 files');
});

test('items of a task are redone with its module or not at all', async ({ app, folder }) => {
  const { page } = app;
  const see = steps(app);
  const module = shoutIn(folder);
  await choose(app, module);
  await app.paste('one\ntwo\nthree');
  await see.ready('Apply to 3 items');
  await see.start();
  await see.finished('3 items');
  await page.locator('[data-position="0"]').click();
  await page.locator('[data-position="1"]').click({ modifiers: ['Shift'] });
  writeFileSync(module, 'export default () => "another version";');
  await answerQuestions(app, 1);
  const redo = page.getByRole('button', { name: 'Redo with…' });
  await redo.click();
  await expect(page.getByText('shout.mjs is a program, and was not allowed to run.')).toBeVisible();
  rmSync(module);
  await redo.click();
  await expect(page.getByText('shout.mjs is not there any more.')).toBeVisible();
  await see.finished('3 items');
  writeFileSync(module, shout);
  await answerQuestions(app, 0);
  await redo.click();
  await see.ready('Apply to 2 items');
});

test('a module at the start has no part in what is given to a run on screen', async ({
  app,
  folder,
  server,
}) => {
  const { page } = app;
  const see = steps(app);
  const module = shoutIn(folder);
  const view = (name: RegExp) => page.locator('label').filter({ hasText: name }).first();
  server.gate.shut();
  await see.fetching(server.urls(2), join(folder, 'out'), { poolSize: 1, perHost: 1 });
  await view(/^Start$/).click();
  await choose(app, module);
  await page.keyboard.press('ControlOrMeta+l');
  await expect(page.getByRole('dialog', { name: 'Paste a list of items' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await view(/^Run$/).click();
  await page.keyboard.press('ControlOrMeta+l');
  const dialog = page.getByRole('dialog', { name: 'Paste a list of URLs' });
  await dialog.getByRole('textbox').fill(`<a href="${server.urls(1)[0]}">one</a>`);
  await dialog.getByRole('button', { name: 'Use list' }).click();
  await expect(page.getByText('Queue 1')).toBeVisible();
  server.gate.open();
  await view(/^Queue/).click();
  await expect(page.getByRole('heading', { name: 'Nothing waits' })).toBeVisible({ timeout: 30_000 });
  await view(/^Run$/).click();
  // The URL in the text was fetched, and not the text itself taken for items.
  await see.finished('Nothing to do: everything was up to date');
});

/** Puts a task on two items into the queue, and ends the app. */
async function queueTask(app: LaunchedApp, module: string): Promise<void> {
  await choose(app, module);
  await app.paste('one\ntwo');
  await steps(app).ready('Apply to 2 items');
  await app.page.getByRole('button', { name: 'Add to queue' }).click();
  await expect(app.page.getByText('Queue 1')).toBeVisible();
  await app.close();
}

async function seeQueuedTaskEnd(app: LaunchedApp): Promise<void> {
  await expect(app.page.getByRole('heading', { name: 'Nothing waits' })).toBeVisible({ timeout: 30_000 });
  await app.page.locator('label').filter({ hasText: /^Run$/ }).first().click();
  await steps(app).finished('2 items');
}

test('a task of one’s own waits in the queue over a restart, and starts from there', async ({
  launch,
  folder,
}) => {
  await queueTask(await launch(), shoutIn(folder));
  const app = await launch();
  await app.page.getByText('Queue 1').click();
  await expect(app.page.getByRole('list', { name: 'Queue' })).toContainText('shout.mjs: Pasted list');
  await app.page.getByRole('button', { name: 'Start the next one' }).click();
  await seeQueuedTaskEnd(app);
  expect(await rowsOf(app)).toEqual(['one → {"shouted":"ONE"}', 'two → {"shouted":"TWO"}']);
});

test('a task whose module has changed since last time waits in the queue with the reason, until somebody allows it', async ({
  launch,
  folder,
}) => {
  const module = shoutIn(folder);
  await queueTask(await launch(), module);
  writeFileSync(module, 'export default () => "another version";');

  const app = await launch();
  const { page } = app;
  await page.getByText('Queue 1').click();
  await answerQuestions(app, 1);
  const start = page.getByRole('button', { name: 'Start the next one' });
  await start.click();
  await expect(page.getByRole('list', { name: 'Queue' })).toContainText(
    'It could not start: shout.mjs is a program, and was not allowed to run.',
  );
  expect(await questions(app)).toHaveLength(1);
  await answerQuestions(app, 0);
  await start.click();
  await seeQueuedTaskEnd(app);
  expect(await rowsOf(app)).toEqual(['one → another version', 'two → another version']);
});

test('in German the task has German words', async ({ launch, folder }) => {
  const module = shoutIn(folder);
  const app = await launch({ env: { LANGUAGE: 'de' } });
  const { page } = app;
  await app.answerOpenDialogs([module], 'openFile');
  await page.getByRole('button', { name: 'Eigene Aufgabe…' }).click();
  await expect(page.getByRole('heading', { name: 'Jetzt die Einträge angeben' })).toBeVisible();
  await app.paste('eins\nzwei');
  await page.getByRole('button', { name: 'Auf 2 Einträge anwenden' }).click();
  await expect(page.getByRole('heading', { name: '2 Einträge' })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Wert' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('shout.mjs: Eingefügte Liste');
});

test('how a task is applied is folded away and said while it differs: the task gets its options, and a copied command has them all', async ({
  app,
  folder,
}) => {
  const { page } = app;
  const see = steps(app);
  const module = join(folder, 'resize.mjs');
  writeFileSync(module, "export default (item, { data }) => item + ' at ' + data.width;");
  await choose(app, module);
  await app.paste('one\ntwo');
  await see.ready('Apply to 2 items');
  const more = page.getByRole('button', { name: /^More/ });
  await expect(more).toHaveText('More what your function gets, when an item fails, workers');
  await more.click();
  const options = page.getByRole('textbox', { name: 'Options for the function' });
  await options.fill('{"width": 80');
  await expect(options).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('region', { name: 'What your function gets' })).toContainText(
    'No JSON yet: such as {"width": 800}.',
  );
  await expect(page.getByRole('button', { name: /^Apply/ })).toBeDisabled();
  expect(await violationsOn(page)).toEqual([]);
  await options.fill('{"width": 800}');
  await options.press('Enter');
  const fill = async (name: string, text: string) => {
    await page.getByRole('textbox', { name }).fill(text);
    await page.getByRole('textbox', { name }).press('Enter');
  };
  await fill('Retries', '101');
  await expect(page.getByRole('region', { name: 'When an item fails' })).toContainText('Between 0 and 100.');
  await fill('Retries', '2');
  await fill('Give up a try after', '1.5');
  await fill('End the run after', '5');
  await fill('Items that go to a worker together', '10');
  await fill('Worker memory', '512');
  expect(await violationsOn(page)).toEqual([]);
  expect(await faintTexts(page)).toEqual([]);
  expect(await unreachable(page)).toEqual([]);
  await more.click();
  await expect(more).toContainText(
    'More Options for the function {"width":800} · Retries 2 · Give up a try after 1.5 s · End the run after 5 failed items',
  );
  await page.getByRole('button', { name: 'Copy as command' }).click();
  await expect(page.locator('code')).toHaveText(
    `shoal map --pool auto '--options={"width":800}' --retries 2 --timeout 1.5 --halt 5 --chunk 10 --heap 512 -- ${module} one two`,
  );
  await see.start();
  await see.finished('2 items');
  expect(await rowsOf(app)).toEqual(['one → one at 800', 'two → two at 800']);
  expect(app.keptSettings()).toMatchObject({ map: { data: { width: 800 }, retries: 2, timeoutMs: 1_500 } });
});
