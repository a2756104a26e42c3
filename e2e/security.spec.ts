import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../tools/driver.ts';
import { expect, test } from './launch.ts';

test('the window is confined', async ({ app }) => {
  expect(await app.webPreferences()).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
  });
});

test('the page has nothing of Node and one door to main', async ({ app }) => {
  const found = await app.page.evaluate(() => ({
    node: ['require', 'process', 'module', 'Buffer', 'global', 'electron'].filter((name) => name in window),
    door: Object.keys(window.api).sort(),
  }));
  expect(found).toEqual({ node: [], door: ['on', 'registerFiles', 'request'] });
});

test('every page is answered with a policy that lets in nothing from elsewhere', async ({ app }) => {
  const policy = await app.page.evaluate(
    async () => (await fetch('/index.html')).headers.get('content-security-policy') ?? '',
  );
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toContain('unsafe-eval');
  const evaluated = await app.page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.broken = true';
    document.body.append(script);
    return 'broken' in window;
  });
  expect(evaluated).toBe(false);
});

test('the page answers for its own files only', async ({ app }) => {
  const statuses = await app.page.evaluate(async () => {
    const asked = ['/../main/index.cjs', '/%2e%2e/main/index.cjs', '/..%2fmain%2findex.cjs', '/nothing.js'];
    return Promise.all(asked.map(async (path) => (await fetch(path)).status));
  });
  expect(statuses).toEqual([404, 404, 404, 404]);
});

test('the page cannot go elsewhere', async ({ app }) => {
  const before = app.page.url();
  await app.inMain(({ BrowserWindow }) => {
    const asked: object[] = [];
    Object.assign(globalThis, { asked });
    // After the app's own listener, which has decided by then.
    BrowserWindow.getAllWindows()[0]?.webContents.on('will-navigate', ({ url, defaultPrevented }) => {
      asked.push({ url, defaultPrevented });
    });
  });
  await app.page.evaluate(() => {
    location.href = 'https://example.com/';
  });
  const asked = () => app.inMain(() => (globalThis as unknown as { asked: object[] }).asked);
  await expect.poll(asked).toEqual([{ url: 'https://example.com/', defaultPrevented: true }]);
  expect(app.page.url()).toBe(before);
  await expect(app.page.getByRole('heading', { name: 'Drop a folder' })).toBeVisible();
});

test('the page opens no window: links of ours are for the browser of the system, others go nowhere', async ({
  app,
}) => {
  await app.inMain(({ shell }) => {
    const links: string[] = [];
    Object.assign(globalThis, { links });
    shell.openExternal = async (url) => void links.push(url);
  });
  // Main answers in turn: with the last in the browser, the ones before it were answered too.
  const links = () => app.inMain(() => (globalThis as unknown as { links: string[] }).links);
  const opened = await app.page.evaluate(() =>
    ['https://example.com/', 'https://github.com/one'].map((address) => window.open(address) === null),
  );
  expect(opened).toEqual([true, true]);
  await expect.poll(links).toEqual(['https://github.com/one']);
  await app.page.evaluate(() => {
    for (const address of ['https://example.com/', 'https://github.com/two']) {
      const link = document.createElement('a');
      link.href = address;
      link.target = '_blank';
      document.body.append(link);
      link.click();
    }
  });
  await expect.poll(links).toEqual(['https://github.com/one', 'https://github.com/two']);
  expect(await app.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  await expect.poll(() => app.page.context().pages().length).toBe(1);
});

test('the page is granted no permission', async ({ app }) => {
  const states = await app.page.evaluate(async () => {
    const names = ['notifications', 'geolocation', 'camera', 'microphone', 'clipboard-read'];
    const asked = names.map((name) => navigator.permissions.query({ name: name as PermissionName }));
    return (await Promise.all(asked)).map(({ state }) => state);
  });
  expect(states).toEqual(['denied', 'denied', 'denied', 'denied', 'denied']);
});

test('thumb:// shows nothing for an unknown id or a path', async ({ app }) => {
  const loads = await app.page.evaluate(async () => {
    const asked = [
      'thumb://shoal/00000000-0000-4000-8000-000000000000',
      'thumb://shoal/etc/passwd',
      'thumb://shoal/../../etc/passwd',
      'thumb:///etc/passwd',
    ];
    const load = (address: string) =>
      new Promise<boolean>((done) => {
        const image = new Image();
        image.onload = () => done(true);
        image.onerror = () => done(false);
        image.src = address;
      });
    return Promise.all(asked.map(load));
  });
  expect(loads).toEqual([false, false, false, false]);
});

test('thumb:// is answered by main', async ({ app }) => {
  // Without this, the test above would pass where nothing of the scheme arrives in main at all.
  await app.inMain(({ protocol }) => {
    const onePixel = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
    protocol.unhandle('thumb');
    protocol.handle('thumb', ({ url }) =>
      url === 'thumb://shoal/one'
        ? new Response(Buffer.from(onePixel, 'base64'), { headers: { 'content-type': 'image/gif' } })
        : new Response(null, { status: 404 }),
    );
  });
  const widths = await app.page.evaluate(() => {
    const load = (address: string) =>
      new Promise<number>((done) => {
        const image = new Image();
        image.onload = () => done(image.naturalWidth);
        image.onerror = () => done(0);
        image.src = address;
      });
    return Promise.all(['thumb://shoal/one', 'thumb://shoal/two'].map(load));
  });
  expect(widths).toEqual([1, 0]);
});

test('main refuses payloads that do not keep to the contract', async ({ app }) => {
  const refusals = await app.page.evaluate(async () => {
    const forged: [string, unknown][] = [
      ['run:start', { inputs: ['/etc'], job: { kind: 'thumbnails', recipe: {} } }],
      ['run:start', { inputs: [], job: { kind: 'thumbnails', recipe: {} } }],
      ['run:rows', { runId: '00000000-0000-4000-8000-000000000000', offset: 0, limit: 1e9 }],
      ['settings:set', { recursive: 'yes' }],
      ['settings:get', { extra: true }],
    ];
    const ask = window.api.request as unknown as (name: string, payload: unknown) => Promise<unknown>;
    return Promise.all(
      forged.map(([name, payload]) =>
        ask(name, payload).then(
          () => 'answered',
          (error: Error) => error.message,
        ),
      ),
    );
  });
  for (const refusal of refusals) expect(refusal).toContain('Refused');
});

test('the page cannot ask what only the preload may, nor what does not exist', async ({ app }) => {
  const refusals = await app.page.evaluate(() => {
    const ask = window.api.request as unknown as (name: string, payload: unknown) => unknown;
    const tried = ['inputs:register', 'shell:run', '__proto__'].map((name) => {
      try {
        ask(name, { paths: ['/etc'] });
        return 'asked';
      } catch (error) {
        return String(error);
      }
    });
    return tried;
  });
  for (const refusal of refusals) expect(refusal).toContain('There is no request');
});

test('a File made by a script stands for no file on disk', async ({ app }) => {
  const reply = await app.page.evaluate(() => window.api.registerFiles([new File(['x'], '/etc/passwd')]));
  expect(reply).toEqual({ ok: true, value: { inputs: [], refused: [] } });
});

test('a frame within the page has no door to main', async ({ app }) => {
  const found = await app.page.evaluate(() => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const inner = frame.contentWindow;
    return inner !== null && 'api' in inner;
  });
  expect(found).toBe(false);
});

test('the built main knows no page but its own: what npm run dev needs is not in it', async () => {
  const main = await readFile(join(projectRoot, 'out/main/main.cjs'), 'utf8');
  expect(main).toContain('app://shoal');
  expect(main).not.toMatch(/__SHOAL_DEV_PAGE__|devPage|letPageReload|ELECTRON_RENDERER_URL/);
});
