import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  app,
  folder,
  found,
  giveInstalledCopy,
  program,
  ready,
  server,
  updates,
} from '../../../test/updates/installed-copy.ts';
import { feedPath, programPath } from '../../../test/updates/release-server.ts';

giveInstalledCopy();

const installed = () => readFileSync(join(folder, 'Shoal.AppImage'), 'utf8');
const pending = () => join(folder, 'cache/shoal-updater/pending');
const unread = { kind: 'failed', message: 'What the server for updates says cannot be read.' };

describe('a newer version', () => {
  test('is found, and nothing of it is fetched before the person says so', async () => {
    server.publish('0.3.0', program('0.3.0'));
    const { updates: own } = updates();
    await own.look();
    expect(own.state).toEqual(found('0.3.0'));
    expect(server.requests.map(({ path }) => path)).toEqual([feedPath]);
  });

  test('is fetched when told, and takes the place of this one when the app quits', async () => {
    server.publish('0.3.0', program('0.3.0'));
    const { updates: own, states } = updates();
    await own.look();
    await own.download();
    expect(own.state).toEqual(ready('0.3.0'));
    expect(states.map(({ kind }) => kind)).toContain('downloading');
    expect(installed()).toBe(program('0.2.0'));
    app.quit();
    expect(installed()).toBe(program('0.3.0'));
    // Installed, but not started: the person has quit.
    expect(readFileSync(join(folder, 'started'), 'utf8')).toBe('0.3.0 true\n');
  });

  test('is fetched by itself where that is wanted', async () => {
    server.publish('0.3.0', program('0.3.0'));
    const { updates: own } = updates({ choice: 'install' });
    await own.lookIfDue();
    expect(own.state).toEqual(ready('0.3.0'));
  });

  test('is started at once when told, after all else was ended, and never in the middle of a run', async () => {
    server.publish('0.3.0', program('0.3.0'));
    const { updates: own, given, shutDowns } = updates({ busy: true });
    await own.look();
    await own.download();
    await own.restart();
    expect([shutDowns(), installed()]).toEqual([0, program('0.2.0')]);
    given.busy = false;
    await own.restart();
    expect([shutDowns(), installed()]).toEqual([1, program('0.3.0')]);
    await expect.poll(() => existsSync(join(folder, 'started'))).toBe(true);
    expect(readFileSync(join(folder, 'started'), 'utf8')).toBe('0.3.0 \n');
  });

  test('that cannot be installed ends the app all the same: all else of it has been ended', async () => {
    server.publish('0.3.0', program('0.3.0'));
    const { updates: own, shutDowns } = updates();
    await own.look();
    await own.download();
    rmSync(join(folder, 'Shoal.AppImage'));
    await own.restart();
    expect([shutDowns(), app.quits]).toEqual([1, 1]);
  });

  test('is not installed where updates were turned off after it came', async () => {
    server.publish('0.3.0', program('0.3.0'));
    const { updates: own, given } = updates();
    await own.look();
    await own.download();
    given.choice = 'off';
    await own.stop();
    app.quit();
    expect(installed()).toBe(program('0.2.0'));
  });

  test('is installed where it was fetched on the word of the person, who wants none otherwise', async () => {
    server.publish('0.3.0', program('0.3.0'));
    const { updates: own } = updates({ choice: 'off' });
    await own.look();
    await own.download();
    await own.stop();
    app.quit();
    expect(installed()).toBe(program('0.3.0'));
  });

  test('is not told of again when it was refused, also not after the next start', async () => {
    server.publish('0.3.0', program('0.3.0'));
    const { updates: own } = updates();
    await own.look();
    own.notNow();
    expect(own.state).toEqual({ ...found('0.3.0'), isQuiet: true });
    const { updates: later } = updates();
    await later.look();
    expect(later.state).toEqual({ ...found('0.3.0'), isQuiet: true });
    server.publish('0.4.0', program('0.4.0'));
    await later.look();
    expect(later.state).toEqual(found('0.4.0'));
  });
});

describe('what is refused', () => {
  test.each([['0.2.0'], ['0.1.9'], ['0.2.0-beta.1']])('a version that is not newer: %s', async (version) => {
    server.publish(version, program(version));
    const { updates: own } = updates();
    await own.look();
    expect(own.state).toEqual({ kind: 'newest' });
    await own.download();
    expect(server.requests.map(({ path }) => path)).toEqual([feedPath]);
  });

  test('a file that is not the announced one, and nothing of it stays', async () => {
    server.publish('0.3.0', program('0.3.0'));
    server.answer(programPath('0.3.0'), program('0.6.6'));
    const { updates: own } = updates();
    await own.look();
    await own.download();
    expect(own.state).toEqual({
      kind: 'failed',
      message: 'What came is not what was announced, so it was thrown away. Nothing has changed.',
    });
    expect(readdirSync(pending())).toEqual([]);
    app.quit();
    expect(installed()).toBe(program('0.2.0'));
  });

  test('a feed without a checksum', async () => {
    server.publish('0.3.0', program('0.3.0'), { files: '\n  - url: Shoal-0.3.0.AppImage', sha512: "''" });
    const { updates: own } = updates();
    await own.look();
    await own.download();
    expect(own.state).toEqual(unread);
    expect(server.requests.map(({ path }) => path)).toEqual([feedPath]);
  });

  test.each([
    ['a page', '<html>Log in to this network</html>'],
    ['nothing', ''],
    ['null', 'null'],
    ['half a feed', 'version: 0.3.0\nfiles:\n  - url: "Shoal'],
    ['a version that is none', 'version: newest'],
  ])('a damaged feed: %s', async (_what, text) => {
    server.answer(feedPath, text);
    const { updates: own } = updates();
    await own.look();
    expect(own.state).toEqual(unread);
  });

  test.each(['feed', 'program'])('a redirect of the %s to where anybody could change it', async (what) => {
    server.publish('0.3.0', program('0.3.0'));
    server.answer(what === 'feed' ? feedPath : programPath('0.3.0'), { location: 'http://shoal.example/x' });
    const { updates: own } = updates();
    await own.look();
    await own.download();
    expect(own.state).toEqual({
      kind: 'failed',
      message: 'The server wants to hand the update out without encryption, so it was refused.',
    });
  });
});

describe('a server that fails', () => {
  test('is told of, where the person asked', async () => {
    server.answer(feedPath, { status: 500 });
    const { updates: own } = updates();
    await own.look();
    expect(own.state).toEqual({ kind: 'failed', message: 'The server for updates has an error.' });
  });

  test('and cuts a file short leaves nothing, and the next try begins anew', async () => {
    server.publish('0.3.0', program('0.3.0'));
    server.answer(programPath('0.3.0'), { cutAfter: 10 });
    const { updates: own } = updates();
    await own.look();
    await own.download();
    expect(own.state.kind).toBe('failed');
    expect(readdirSync(pending())).toEqual([]);
    server.publish('0.3.0', program('0.3.0'));
    await own.look();
    await own.download();
    expect(own.state).toEqual(ready('0.3.0'));
  });

  test('what was fetched before a start is not fetched again', async () => {
    server.publish('0.3.0', program('0.3.0'));
    const { updates: first } = updates();
    await first.look();
    await first.download();
    const { updates: own } = updates();
    await own.look();
    await own.download();
    expect(own.state).toEqual(ready('0.3.0'));
    expect(server.requests.filter(({ path }) => path === programPath('0.3.0'))).toHaveLength(1);
  });
});

describe('a release in stages', () => {
  test.each([
    [0, { kind: 'newest' }],
    [100, found('0.3.0')],
  ])('comes to %i %% of the copies', async (share, state) => {
    server.publish('0.3.0', program('0.3.0'), { stagingPercentage: String(share) });
    const { updates: own } = updates();
    await own.look();
    expect(own.state).toEqual(state);
  });

  test('is chosen by a number that stays on this machine', async () => {
    server.publish('0.3.0', program('0.3.0'), { stagingPercentage: '100' });
    const { updates: own } = updates();
    await own.look();
    await own.download();
    const id = readFileSync(join(app.userData, '.updaterId'), 'utf8');
    expect(server.requests.length).toBeGreaterThan(1);
    expect(JSON.stringify(server.requests)).not.toContain(id);
  });
});
