import { spawn } from 'node:child_process';
import { expect, onTestFinished } from 'vitest';
import { withScript } from '../../../test/needs.ts';
import { ended, shoalBin } from '../../../test/run-shoal.ts';
import { startServer } from '../../../test/servers/test-server.ts';
import { tempFolder } from '../../../test/temp-folder.ts';

/** Runs `shoal fetch … --user me` on a terminal and types the keys once it asks for the password. */
function answering(url: string, keys: string) {
  const command = `'${process.execPath}' '${shoalBin}' fetch '${url}' --user me --out '${tempFolder()}'`;
  const child = spawn('script', ['-qfec', command, '/dev/null'], {
    env: { ...process.env, SHOAL_STATE_DIR: tempFolder(), TERM: 'xterm-256color' },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let asked = '';
  child.stdout.on('data', (chunk: Buffer) => {
    asked += chunk.toString();
    if (asked.includes('Password for me:') && child.stdin.writable) child.stdin.end(keys);
  });
  return ended(child);
}

withScript.test(
  'Ctrl-C instead of a password, or the end of the input, is 130 and nothing more',
  async () => {
    for (const key of ['\u0003', '\u0004']) {
      const { code, stdout } = await answering('http://127.0.0.1:9/never-asked', key);
      expect(code).toBe(130);
      expect(stdout.trim()).toBe('Password for me:');
    }
  },
);

withScript.test('a password typed at the terminal is used and never shown', async () => {
  await using server = await startServer((request, response) => {
    const right = request.headers.authorization === `Basic ${btoa('me:open sesame')}`;
    response.writeHead(right ? 200 : 401).end('here');
  });
  const { code, stdout } = await answering(`${server.origin}/a`, 'open sesame\r');
  expect(code).toBe(0);
  expect(stdout).toMatch(/1 done\./);
  expect(stdout).not.toContain('sesame');
});
