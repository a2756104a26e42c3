import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Page } from '../../../test/page.ts';
import { tempFolder, writeFiles } from '../../../test/temp-folder.ts';
import { Engine } from '../../engine/index.ts';
import { mapRequestSchema } from '../../shared/requests.ts';
import { ThumbRegistry } from '../images/thumb-registry.ts';
import type { ResolvedJob } from '../jobs/resolved-job.ts';
import { PastedLists } from '../storage/pasted-lists.ts';
import { RecentRuns } from '../storage/recent-runs.ts';
import { RunRegistry } from './run-registry.ts';

beforeEach(() => {
  process.env.SHOAL_STATE_DIR = tempFolder();
});
afterEach(() => {
  delete process.env.SHOAL_STATE_DIR;
});

it('what a cancelled run of a function has not done is done when it is continued, and nothing twice', async () => {
  const folder = tempFolder();
  const goOn = join(folder, 'go-on');
  writeFiles(folder, {
    'wait.mjs': `import { existsSync } from 'node:fs';
      export default async (item, { signal }) => {
        if (item !== 'three' || existsSync(${JSON.stringify(goOn)})) return 'did ' + item;
        return new Promise((_, fail) => signal.addEventListener('abort', () => fail(signal.reason)));
      };`,
  });
  const page = new Page();
  const recent = new RecentRuns(new PastedLists(join(folder, 'lists')));
  await using engine = new Engine();
  const sessions = new RunRegistry({
    engine,
    thumbs: new ThumbRegistry(),
    recent,
    poolCeiling: 8,
    tell: page.tell,
  });
  page.acknowledge = (runId, sequence) => sessions.find(runId)?.acknowledge(sequence);
  const request = mapRequestSchema.parse({
    kind: 'map',
    module: join(folder, 'wait.mjs'),
    inputs: [{ kind: 'text', text: 'one\ntwo\nthree\nfour' }],
  });
  const job: ResolvedJob = {
    kind: 'map',
    request,
    force: false,
    title: 'wait.mjs',
    destination: '',
    folder: '',
  };
  const size = { size: 1, automatic: false };
  const first = await sessions.start(job, size);
  await expect.poll(() => sessions.get(first).counters.done).toBe(2);
  sessions.cancel(first);
  expect((await page.finished(first)).counters).toMatchObject({ done: 2, cancelled: 1 });

  writeFileSync(goOn, '');
  const again = await sessions.start(recent.job(first) as ResolvedJob, size, { continues: first });
  expect((await page.finished(again)).counters).toMatchObject({ total: 2, done: 2 });
  const { rows } = sessions.get(again).rows({ filter: 'all' }, 0, 10);
  expect(rows.map(({ name, value }) => [name, value])).toEqual([
    ['three', 'did three'],
    ['four', 'did four'],
  ]);
});
