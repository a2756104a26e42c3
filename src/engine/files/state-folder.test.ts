import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { stateFolder } from './state-folder.ts';

const { platform } = process;

afterEach(() => {
  vi.unstubAllEnvs();
  Object.defineProperty(process, 'platform', { value: platform });
});

test.each([
  ['linux', {}, join(homedir(), '.local/state/shoal')],
  ['linux', { XDG_STATE_HOME: '/x/state' }, '/x/state/shoal'],
  ['linux', { XDG_STATE_HOME: 'not/absolute' }, join(homedir(), '.local/state/shoal')],
  ['linux', { XDG_STATE_HOME: '/x/state', SHOAL_STATE_DIR: '/y' }, '/y'],
  ['freebsd', {}, join(homedir(), '.local/state/shoal')],
  ['darwin', { XDG_STATE_HOME: '/x/state' }, join(homedir(), 'Library/Application Support/shoal')],
  ['win32', { LOCALAPPDATA: '/c/Local' }, '/c/Local/shoal/Data'],
  ['win32', { LOCALAPPDATA: '' }, join(homedir(), 'AppData/Local/shoal/Data')],
])('on %s, with %j, what is remembered lies in %s', (on, env, expected) => {
  for (const name of ['SHOAL_STATE_DIR', 'XDG_STATE_HOME', 'LOCALAPPDATA']) vi.stubEnv(name, '');
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  Object.defineProperty(process, 'platform', { value: on });
  expect(stateFolder()).toBe(expected);
});
