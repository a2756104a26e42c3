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
  await see.finished('40 files');
});

test('idle lanes say for which host they wait, and only while they do', async ({ app, folder, server }) => {
  const see = steps(app);
  const hint = app.page.getByText(/Idle lanes wait/);
  await see.fetching(server.urls(20), join(folder, 'out'), { poolSize: 6, perHost: 2 });
  await expect(hint).toHaveText(
    `Idle lanes wait for ${new URL(server.origin).host}: one host gets 2 at once.`,
  );
  await expect(app.page.getByText('2 busy, 4 idle')).toBeVisible();
  expect(await see.inFlight()).toBe(2);
  await see.pause.click();
  await expect(hint).toBeHidden();
  await see.resume.click();
  await expect(hint).toBeVisible();
  // Nothing waits any more: what is idle now is so for good.
  server.gate.letThrough(18);
  await expect.poll(() => see.ended()).toBe(18);
  await expect(hint).toBeHidden();
  await expect(app.page.getByText('2 busy, 4 idle')).toBeVisible();
  server.gate.open();
  await see.finished('20 files');
});
