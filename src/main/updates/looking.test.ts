import { describe, expect, test } from 'vitest';
import { writeFiles } from '../../../test/temp-folder.ts';
import {
  folder,
  found,
  type Given,
  giveInstalledCopy,
  program,
  ready,
  server,
  updates,
} from '../../../test/updates/installed-copy.ts';
import { feedPath, programPath } from '../../../test/updates/release-server.ts';

giveInstalledCopy();

describe('looking by itself', () => {
  const day = 24 * 60 * 60 * 1000;

  test('happens once a day, and after a start only if the last time is that long ago', async () => {
    server.publish('0.2.0', program('0.2.0'));
    const first = updates({ now: 10 * day });
    await first.updates.lookIfDue();
    await first.updates.lookIfDue();
    const second = updates({ now: 11 * day - 1 });
    await second.updates.lookIfDue();
    expect(server.requests).toHaveLength(1);
    second.given.now = 11 * day;
    await second.updates.lookIfDue();
    expect(server.requests).toHaveLength(2);
  });

  test('does not wait a day where no server could be reached', async () => {
    const url = `provider: generic\nurl: https://127.0.0.1:1\nupdaterCacheDirName: shoal-updater\n`;
    writeFiles(folder, { 'resources/app-update.yml': url });
    const { updates: own, states } = updates({ now: 10 * day });
    await own.lookIfDue();
    expect(states.map(({ kind }) => kind)).toEqual(['looking', 'idle']);
    await own.lookIfDue();
    expect(states).toHaveLength(4);
  });

  test.each<Given>([{ choice: 'off' }, { busy: true }])('does not happen with %o', async (given) => {
    const { updates: own } = updates(given);
    await own.lookIfDue();
    expect(server.requests).toEqual([]);
    expect(own.state).toEqual({ kind: 'idle' });
  });

  test('tells nobody of a server that fails', async () => {
    server.answer(feedPath, { status: 500 });
    const { updates: own, states } = updates();
    await own.lookIfDue();
    expect(server.requests.length).toBeGreaterThan(0);
    expect(states.map(({ kind }) => kind)).toEqual(['looking', 'idle']);
  });

  test('does not forget what was found before, where the server fails later', async () => {
    server.publish('0.3.0', program('0.3.0'));
    const { updates: own, given } = updates({ now: 10 * day });
    await own.lookIfDue();
    server.answer(feedPath, { status: 500 });
    given.now = 11 * day;
    await own.lookIfDue();
    expect(own.state).toEqual(found('0.3.0'));
  });

  test('tells nobody of a download that fails, and begins it anew at the next time', async () => {
    server.publish('0.3.0', program('0.3.0'));
    server.answer(programPath('0.3.0'), { status: 500 });
    const { updates: own, states, given } = updates({ choice: 'install', now: 10 * day });
    await own.lookIfDue();
    expect(states.map(({ kind }) => kind)).toContain('downloading');
    expect(own.state).toEqual({ kind: 'idle' });
    server.publish('0.3.0', program('0.3.0'));
    given.now = 11 * day;
    await own.lookIfDue();
    expect(own.state).toEqual(ready('0.3.0'));
  });
});
