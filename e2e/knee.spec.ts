import { join } from 'node:path';
import { faintTexts } from './contrast.ts';
import { expect, test } from './launch.ts';
import { steps } from './steps.ts';

test('the slider shows what each size did, and from where on more does nothing', async ({
  app,
  folder,
  server,
}) => {
  const see = steps(app);
  const { page } = app;
  server.gate.shut();
  await see.fetching(server.urls(2_000), join(folder, 'out'), { poolSize: 2, perHost: 3 });
  await expect(page.getByText('More than 3 does nothing now: per-host limits.')).toBeVisible();
  // Which of them is the knee, how fast the machine is would decide: that is for src/renderer/features/pool/knee.test.ts.
  const answering = setInterval(() => server.gate.letThrough(server.gate.waiting), 60);
  const tried = page.getByRole('list', { name: 'Sizes tried' }).getByRole('listitem');
  await expect(tried).toHaveCount(1, { timeout: 15_000 });
  await expect(tried).toHaveText(/^2 at once: [\d.]+ items\/s$/);
  await see.typePoolSize(4);
  await expect(tried).toHaveCount(2, { timeout: 15_000 });
  await see.typePoolSize(8);
  await expect(tried).toHaveCount(3, { timeout: 15_000 });
  await expect(tried.last()).toHaveText(/^8 at once/);
  expect(await faintTexts(page)).toEqual([]);

  const automatic = page.getByRole('switch', { name: 'Automatic' });
  await automatic.check();
  await expect.poll(() => app.keptSettings()).toMatchObject({ fetchPoolSize: 'auto' });
  await see.slider.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(automatic).not.toBeChecked();
  clearInterval(answering);
  await see.cancel.click();
  await see.finished(/^Cancelled/);
});
