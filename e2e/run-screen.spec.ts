import { join } from 'node:path';
import { expect, test } from './launch.ts';
import { steps } from './steps.ts';

test.beforeEach(({ server }) => server.gate.shut());

test('while only the last items are under way, it says so and not "a few seconds left"', async ({
  app,
  folder,
  server,
}) => {
  const see = steps(app);
  await see.fetching(server.urls(40), join(folder, 'out'), { poolSize: 4, perHost: 4 });
  server.gate.letThrough(37);
  await expect.poll(() => see.ended()).toBe(37);
  await expect(app.page.getByText('Waiting for the last 3')).toBeVisible();
  await expect(app.page.getByText('a few seconds left')).toBeHidden();
  server.gate.letThrough(2);
  await expect(app.page.getByText('Waiting for the last one')).toBeVisible();
  server.gate.open();
  await see.finished('40 files saved');
});
