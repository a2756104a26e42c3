import { expect, test } from './launch.ts';
import { steps } from './steps.ts';

test('the dialog says what a text has while it is typed; HTML is resolved against its base, or it is told that it has none', async ({
  app,
}) => {
  const { page } = app;
  const see = steps(app);
  await page.keyboard.press('ControlOrMeta+L');
  const dialog = page.getByRole('dialog');
  const text = dialog.getByRole('textbox');
  const said = dialog.getByRole('status');
  await text.fill('http://one.test/a.jpg\nhttp://one.test/b.jpg\nhttp://two.test/c.jpg\nnothing');
  await expect(said).toHaveText('3 files from 2 hosts, 1 line is no URL');
  await text.fill('http://one.test/[1-50].jpg');
  await expect(said).toHaveText('50 files from 1 host');
  await text.fill('nothing');
  await expect(said).toHaveText('No URL, 1 line is no URL');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await app.dropSelection('two pictures', '<img src="a.jpg"><a href="/b.jpg">b</a>');
  await expect(page.getByText('2 links of the HTML are relative')).toBeVisible();
  const base = '<base href="http://site.test/deep/"><img src="a.jpg"><a href="/b.jpg">b</a>';
  await app.dropSelection('two pictures', base);
  await see.ready('Download 2 files');
});
