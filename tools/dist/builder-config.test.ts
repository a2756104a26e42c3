import { expect, it } from 'vitest';
import { builderConfig } from '../../resources/builder/electron-builder.config.ts';
import { forMac } from '../../resources/builder/system-options.ts';
import { feedOf } from '../release/feed.ts';

const real = {
  homepage: 'https://github.com/fish/shoal#readme',
  bugs: 'https://github.com/fish/shoal/issues',
  repository: { url: 'git+https://github.com/fish/shoal.git' },
};

it('looks for newer versions at the repository, once that has its own address', () => {
  expect(feedOf(real)).toEqual({ provider: 'github', owner: 'fish', repo: 'shoal' });
});

it('looks nowhere while an account that nobody owns would be asked', () => {
  const url = 'git+https://github.com/shoal-placeholder/shoal.git';
  expect(feedOf({ ...real, repository: { url } })).toBeNull();
  // Were it absent, electron-builder would take the repository of package.json.
  expect(builderConfig({ manifest: { author: 'We', ...real, repository: { url } } }).publish).toBeNull();
});

it('marks what a system updates, and nothing else', () => {
  const mark = { from: 'resources/builder/distribution', to: 'distribution' };
  expect(builderConfig({ forDistribution: true }).extraResources).toContainEqual(mark);
  expect(builderConfig().extraResources).not.toContainEqual(mark);
});

it('signs for macOS with nobody’s name where there is no certificate, without the hardened runtime', () => {
  for (const environment of [{}, { CSC_LINK: '', APPLE_ID: 'fish@example.org' }]) {
    expect(forMac(environment).mac).toMatchObject({ identity: '-', hardenedRuntime: false, notarize: false });
  }
});

it.each(['CSC_LINK', 'CSC_NAME'])('signs for macOS with the certificate of %s', (name) => {
  const { mac } = forMac({ [name]: 'certificate' });
  expect(mac).toMatchObject({ hardenedRuntime: true });
  expect(mac).not.toHaveProperty('identity');
  expect(mac).not.toHaveProperty('notarize');
});
