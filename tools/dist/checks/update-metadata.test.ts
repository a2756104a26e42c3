import { expect, test } from 'vitest';
import { tempFolder, writeFiles } from '../../../test/temp-folder.ts';
import { check } from './update-metadata.ts';

const good = 'owner: fish\nrepo: shoal\nprovider: github\nupdaterCacheDirName: shoal-updater\n';

function checked(files: Readonly<Record<string, string>>) {
  const root = tempFolder();
  writeFiles(root, {
    'package.json': '{"repository":{"url":"git+https://github.com/fish/shoal.git"}}',
    ...files,
  });
  return check.run({ root, packed: root, extracted: root });
}
const feed = (text: string) => checked({ 'resources/app-update.yml': text });

test('the feed of the repository passes, also with the name of who signed', async () => {
  await expect(feed(good)).resolves.toBeUndefined();
  await expect(feed(`${good}publisherName:\n  - Fish\n`)).resolves.toBeUndefined();
});

test.each([
  ['another repository', good.replace('fish', 'shark'), 'expected owner fish, got shark'],
  ['another server', good.replace('github', 'generic'), 'expected provider github, got generic'],
  ['an address without encryption', `${good}protocol: http\n`, 'what nobody wrote: protocol'],
  ['a key', `${good}token: secret\n`, 'what nobody wrote: token'],
  ['a folder elsewhere', good.replace('shoal-updater', '../../x'), 'folder'],
  ['no feed', 'nothing', 'no feed'],
])('%s is refused', async (_what, text, why) => {
  await expect(feed(text)).rejects.toThrow(why);
});

test('an app without a feed is refused', async () => {
  await expect(checked({})).rejects.toThrow('missing');
});

test('a repository elsewhere has no releases that the app could find', async () => {
  const files = {
    'package.json': '{"repository":{"url":"https://example.org/x"}}',
    'resources/app-update.yml': good,
  };
  await expect(checked(files)).rejects.toThrow('expected a repository of https://github.com');
});

test('while the repository is a placeholder, the app has to ask nobody', async () => {
  const manifest = '{"repository":{"url":"git+https://github.com/shoal-placeholder/shoal.git"}}';
  await expect(checked({ 'package.json': manifest })).resolves.toMatchObject({
    skipped: expect.stringContaining('placeholder'),
  });
  await expect(checked({ 'package.json': manifest, 'resources/app-update.yml': good })).rejects.toThrow(
    'nobody owns',
  );
});
