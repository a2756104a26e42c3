import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { linuxOptions, macDocuments, systemPackage } from '../../resources/builder/desktop-options.ts';

const root = join(import.meta.dirname, '../..');

it('electron-builder is told what our desktop file says, so that its own says the same', () => {
  const options = linuxOptions();
  const ours = readFileSync(join(root, 'resources/linux/shoal.desktop'), 'utf8');
  expect(options?.mimeTypes).toContain('image/heic');
  expect(ours).toContain(`MimeType=${options?.mimeTypes?.join(';')};`);
  expect(ours).toContain(`Categories=${options?.category}`);
  const entry = options?.desktop?.entry;
  for (const [key, value] of Object.entries(entry ?? {})) expect(ours).toContain(`${key}=${value}`);
  // It refuses an Exec, and has the rest from the app.
  expect(Object.keys(entry ?? {})).not.toContain('Exec');
});

it('a deb and an rpm, which have shoal on PATH, offer its actions; an AppImage and a Flatpak, which have not, offer none', () => {
  expect(Object.keys(systemPackage.desktop.desktopActions)).toEqual([
    'open-folder',
    'open-list',
    'paste-list',
  ]);
  expect(systemPackage.desktop.entry.Actions).toBe('open-folder;open-list;paste-list;');
  expect(systemPackage.desktop.desktopActions['open-list']).toMatchObject({
    Exec: 'shoal --open-list',
    'Name[de]': 'Liste von URLs öffnen…',
  });
  expect(JSON.stringify(linuxOptions())).not.toContain('open-list');
});

it('the command of a desktop file has one place for what is opened', () => {
  // AppImage and Flatpak add %U to what the options say.
  expect(linuxOptions()).not.toHaveProperty('executableArgs');
  expect(systemPackage.executableArgs).toEqual(['%F']);
});

it('on macOS the app is one more that opens a document, and never its own', () => {
  for (const { LSHandlerRank } of macDocuments) expect(LSHandlerRank).toBe('Alternate');
  expect(macDocuments.flatMap((each) => each.LSItemContentTypes)).toContain('public.folder');
});

it('a deb and an rpm have the files around the app', () => {
  expect(systemPackage.fpm).toContainEqual(
    expect.stringMatching(/shoal\.metainfo\.xml=\/usr\/share\/metainfo\/.*\.metainfo\.xml$/),
  );
});
