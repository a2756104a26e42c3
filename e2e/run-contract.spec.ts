import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { WindowApi } from '../src/shared/ipc/contract.ts';
import type { RunId, RunUpdate } from '../src/shared/ipc/run.ts';
import { makeSampleImages } from '../test/images/sample-images.ts';
import { expect, type LaunchedApp, test } from './launch.ts';

/** The page's side of the contract, spoken by the spec itself: these hold whatever the page draws. */
const recipe = { box: { width: 75, height: 75 } };

async function openFolder(app: LaunchedApp, folder: string) {
  await app.answerOpenDialogs([folder]);
  return app.page.evaluate(async () => {
    const reply = await window.api.request('dialog:open-folder', undefined);
    if (!reply.ok) throw new Error(reply.error.message);
    return reply.value.inputs.map(({ id }) => id);
  });
}

test('a folder becomes thumbnails through the contract', async ({ app, folder }) => {
  const photos = join(folder, 'photos');
  const names = await makeSampleImages(photos, { count: 60 });
  const inputs = await openFolder(app, photos);
  const seen = await app.page.evaluate(
    async ({ inputs, recipe }) => {
      const api: WindowApi = window.api;
      const updates: RunUpdate[] = [];
      const ended = new Promise<void>((resolve) => {
        api.on('run:update', (update) => {
          updates.push(update);
          void api.request('run:acknowledge', { runId: update.runId, sequence: update.sequence });
          if (update.state === 'finished') resolve();
        });
      });
      const job = { kind: 'thumbnails' as const, recipe };
      const preview = await api.request('run:preview', { inputs, job });
      const started = await api.request('run:start', { inputs, job, poolSize: 2 });
      await ended;
      if (!started.ok) throw new Error(started.error.message);
      const rows = await api.request('run:rows', { runId: started.value.runId, offset: 0, limit: 100 });
      return { preview, rows, updates };
    },
    { inputs, recipe },
  );
  expect(seen.preview).toMatchObject({ ok: true, value: { total: 60, skipped: 0, unusable: 0 } });
  const last = seen.updates.at(-1);
  expect(last).toMatchObject({
    state: 'finished',
    counters: { total: 60, done: 60, failed: 0, inFlight: 0 },
  });
  expect(seen.updates.map(({ sequence }) => sequence)).toEqual(seen.updates.map((_, place) => place + 1));
  expect(seen.rows).toMatchObject({ ok: true, value: { total: 60 } });
  expect((await readdir(join(photos, 'thumbs'))).sort()).toEqual(names);

  const shown = await app.page.evaluate(async (runId) => {
    const page = await window.api.request('run:rows', { runId, offset: 0, limit: 1, filter: 'done' });
    const image = new Image();
    image.src = page.ok ? `thumb://shoal/${page.value.rows[0]?.thumb}` : '';
    await image.decode();
    return { width: image.naturalWidth, height: image.naturalHeight };
  }, last?.runId as RunId);
  expect(Math.max(shown.width, shown.height)).toBe(75);
});
