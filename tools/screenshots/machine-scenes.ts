import { join } from 'node:path';
import type { LaunchedApp } from '../../e2e/launched-app.ts';
import { QueueServer } from '../../e2e/queue-server.ts';
import { urlList } from './material.ts';
import type { Scene, Stage } from './scene.ts';

/** A queue whose workers have nothing, something, or are gone. */
export const machineScenes: readonly Scene[] = [
  {
    name: 'machines-empty',
    show: openMachines,
    arrange: async (app, stage) => {
      await withQueue(app, stage, 0);
      await openMachines(app);
      await app.page.getByRole('heading', { name: 'No worker is connected' }).waitFor();
      return app;
    },
  },
  {
    name: 'machines-idle',
    show: openMachines,
    arrange: async (app, stage) => {
      await withQueue(app, stage, 3);
      await openMachines(app);
      await app.page.getByText('Waits for a bucket.').nth(2).waitFor();
      return app;
    },
  },
  {
    name: 'machines-ask',
    arrange: async (app, stage) => {
      await withQueue(app, stage, 3);
      await ask(app, stage, 600);
      return app;
    },
  },
  {
    name: 'machines-run',
    main: true,
    arrange: async (app, stage) => {
      await withQueue(app, stage, 3);
      await handOut(app, stage);
      return app;
    },
  },
  {
    name: 'machines',
    main: true,
    show: openMachines,
    arrange: async (app, stage) => {
      await withQueue(app, stage, 3);
      await handOut(app, stage);
      await openMachines(app);
      return app;
    },
  },
  {
    name: 'machines-lost-worker',
    show: openMachines,
    arrange: async (app, stage) => {
      const queue = await withQueue(app, stage, 3);
      await handOut(app, stage);
      await queue.killWorker();
      await openMachines(app);
      await app.page.getByText(/^Not heard of for/).waitFor();
      return app;
    },
  },
  {
    name: 'machines-failed',
    arrange: async (app, stage) => {
      await withQueue(app, stage, 3);
      await ask(app, stage, 120);
      await start(app);
      await app.page.getByRole('button', { name: 'New run' }).waitFor({ timeout: 120_000 });
      return app;
    },
  },
  {
    name: 'machines-lost',
    show: openMachines,
    arrange: async (app, stage) => {
      const queue = await withQueue(app, stage, 2);
      await handOut(app, stage);
      await openMachines(app);
      await app.page
        .getByText(/places taken/)
        .first()
        .waitFor();
      await queue.kill();
      await app.page.getByText('The connection is lost.').waitFor();
      return app;
    },
  },
];

async function withQueue(app: LaunchedApp, { atEnd }: Stage, workers: number): Promise<QueueServer> {
  const queue = await QueueServer.start();
  atEnd(() => queue.close());
  for (let at = 0; at < workers; at += 1) await queue.startWorker();
  await app.page.evaluate((url) => window.api.request('machines:set-queue', { queue: url }), queue.url);
  await app.page.reload();
  await app.ready();
  return queue;
}

async function openMachines({ page }: LaunchedApp): Promise<void> {
  await page.keyboard.press('ControlOrMeta+5');
  await page.getByRole('main').getByRole('heading', { level: 2 }).waitFor();
}

/** The question before what is given is handed out. */
async function ask(app: LaunchedApp, { folder, origins }: Stage, each: number): Promise<void> {
  const { page } = app;
  await app.paste(origins.map((origin) => urlList(origin, each)).join('\n'));
  await page.getByRole('heading', { name: /Download .* files/ }).waitFor();
  await page.getByRole('button', { name: /^Run on .*…$/ }).click();
  await app.answerOpenDialogs([join(folder, 'Shared')]);
  await page.getByRole('button', { name: 'Choose the folder…' }).click();
  await page.getByText('All machines have to see this folder').waitFor();
}

async function start({ page }: LaunchedApp): Promise<void> {
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Run on/ })
    .click();
  await page.getByRole('button', { name: 'Cancel…' }).waitFor();
}

/** Handed out, and a part of it done. */
async function handOut(app: LaunchedApp, stage: Stage): Promise<void> {
  await ask(app, stage, 900);
  await start(app);
  await app.page
    .getByText(/places taken/)
    .first()
    .waitFor();
  await app.page.waitForTimeout(9_000);
}
