import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { configFolder } from './config-folder.ts';

const { platform } = process;

afterEach(() => {
  vi.unstubAllEnvs();
  Object.defineProperty(process, 'platform', { value: platform });
});

test.each([
  ['linux', {}, join(homedir(), '.config/shoal')],
  ['linux', { XDG_CONFIG_HOME: '/x/config' }, '/x/config/shoal'],
  ['linux', { XDG_CONFIG_HOME: 'not/absolute' }, join(homedir(), '.config/shoal')],
  ['linux', { XDG_CONFIG_HOME: '/x/config', SHOAL_CONFIG_DIR: '/y' }, '/y'],
  ['darwin', { XDG_CONFIG_HOME: '/x/config' }, join(homedir(), 'Library/Application Support/shoal')],
  ['win32', { APPDATA: '/c/Roaming' }, '/c/Roaming/shoal/Config'],
  ['win32', { APPDATA: '' }, join(homedir(), 'AppData/Roaming/shoal/Config')],
])('on %s, with %j, what a person keeps lies in %s', (on, env, expected) => {
  for (const name of ['SHOAL_CONFIG_DIR', 'XDG_CONFIG_HOME', 'APPDATA']) vi.stubEnv(name, '');
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  Object.defineProperty(process, 'platform', { value: on });
  expect(configFolder()).toBe(expected);
});
