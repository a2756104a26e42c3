import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Shell } from '../../test/run-shoal.ts';
import { tempFolder } from '../../test/temp-folder.ts';

test('the doctor tells what the machine gives, and goes the whole way once', async () => {
  const temporary = tempFolder();
  const shell = new Shell();
  const { code, stdout, stderr } = await shell.run(['doctor'], { env: { TMPDIR: temporary } });
  expect([code, stderr]).toEqual([0, '']);
  for (const name of [
    'Shoal',
    'Node',
    'system',
    'cores',
    'memory',
    'open files',
    'state',
    'sharp',
    'ffmpeg',
  ]) {
    expect(stdout).toMatch(new RegExp(`^${name} +\\S`, 'm'));
  }
  expect(stdout.match(/^ok /gm)).toHaveLength(6);
  expect(stdout).not.toContain('FAILED');
  // Nothing is left, neither of the pictures nor in the ledger.
  expect(readdirSync(temporary).filter((name) => name.startsWith('shoal-'))).toEqual([]);
  expect(readdirSync(shell.stateFolder).filter((name) => name.includes('ledger'))).toEqual([]);
});

test('the doctor tells no secret and no name of a home folder, and tries this machine without the proxy', async () => {
  const home = tempFolder();
  const env = {
    HOME: home,
    HTTP_PROXY: 'http://me:SECRET@proxy.invalid:3128',
  };
  const { code, stdout } = await new Shell(`${home}/state`).run(['doctor', '--json'], { env });
  const { findings, tests } = JSON.parse(stdout);
  expect(code).toBe(0);
  expect(findings).toMatchObject({
    proxy: 'HTTP_PROXY=http://proxy.invalid:3128',
    state: expect.stringMatching(/^~/),
  });
  expect(tests.map(({ problem }: { problem?: string }) => problem)).toEqual(Array(6).fill(undefined));
  expect(stdout).not.toContain('SECRET');
  expect(stdout).not.toContain(home);
});

test('the doctor says what does not work, and exits 1', async () => {
  const { code, stdout } = await new Shell().run(['doctor'], { env: { TMPDIR: '/proc/no-such-folder' } });
  expect(code).toBe(1);
  expect(stdout).toMatch(/FAILED {2}/);
});

test('a proxy without a scheme is told without its password, too', async () => {
  const env = { HTTPS_PROXY: 'my_user:SECRET@proxy.invalid:3129' };
  const { stdout } = await new Shell().run(['doctor'], { env });
  expect(stdout).toMatch(/^proxy +HTTPS_PROXY=http:\/\/proxy\.invalid:3129$/m);
  expect(stdout).not.toContain('SECRET');
});
