import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { needs } from '../../test/needs.ts';
import { debianVersion } from './deb.ts';

const withDpkg = needs('dpkg', spawnSync('dpkg', ['--version']).error === undefined);

it('has no hyphen in a version, behind the last of which dpkg looks for a revision', () => {
  expect(debianVersion('1.0.0-beta-2')).toBe('1.0.0~beta.2');
  expect(debianVersion('1.0.0')).toBe('1.0.0');
});

withDpkg.test('dpkg finds versions to be newer as they come out', () => {
  const versions = ['0.9.0', '1.0.0-alpha.1', '1.0.0-beta', '1.0.0-beta-2', '1.0.0-beta.10', '1.0.0'];
  for (const [place, version] of versions.slice(1).entries()) {
    const pair = [versions[place] ?? '', version].map(debianVersion) as [string, string];
    const { status } = spawnSync('dpkg', ['--compare-versions', pair[0], 'lt', pair[1]]);
    expect(status, `${pair[0]} before ${pair[1]}`).toBe(0);
  }
});
