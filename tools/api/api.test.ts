import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../../test/run-shoal.ts';

test('the pages of the exported names are written without a warning: each name and field says what it is', {
  timeout: 240_000,
}, () => {
  const typedoc = ['--import', './tools/api/use-typescript-6.ts', 'node_modules/typedoc/bin/typedoc'];
  const options = [
    '--options',
    join('tools', 'api', 'typedoc.json'),
    '--emit',
    'none',
    '--treatWarningsAsErrors',
  ];
  const env = { ...process.env, NO_COLOR: '1' };
  const { stdout, stderr, error } = spawnSync(process.execPath, [...typedoc, ...options], {
    cwd: repositoryRoot,
    encoding: 'utf8',
    env,
  });
  expect(error).toBe(undefined);
  // What a comment says of a type goes for the fields that it has in place.
  const warnings = `${stdout}${stderr}`
    .split('\n')
    .filter((line) => line !== '' && !line.includes('.__type.'));
  expect(warnings).toEqual([expect.stringMatching(/^\[warning\] Found 0 errors and \d+ warnings/)]);
});
