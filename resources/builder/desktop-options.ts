import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from 'electron-builder';
import { linuxFurtherFiles } from './linux-files.ts';

const root = join(import.meta.dirname, '../..');

/** What electron-builder writes into a desktop file itself. */
const itsOwn = new Set(['Type', 'Name', 'Exec', 'TryExec', 'Icon', 'Terminal', 'StartupWMClass', 'Version']);

type Entry = Record<string, string>;

const { entry, actions: desktopActions } = readDesktopFile(join(root, 'resources/linux/shoal.desktop'));
const { Comment = '', Categories = '', MimeType = '', Actions = '', ...further } = entry;

/** Its desktop file says what ours says, but for the actions: an AppImage and a Flatpak have no `shoal` on PATH that they could start. */
export function linuxOptions(): Configuration['linux'] {
  return {
    icon: 'resources/icons',
    executableName: 'shoal',
    syncDesktopName: true,
    description: Comment,
    category: Categories,
    mimeTypes: MimeType.split(';').filter((type) => type !== ''),
    desktop: { entry: without(further) },
  };
}

/** A deb or rpm: the further files, as fpm takes them, scripts that put the launcher on the PATH, and actions that start it. */
export const systemPackage = {
  // Paths and not addresses: a desktop then has files of other machines ready where programs can open them.
  executableArgs: ['%F'],
  desktop: { entry: { Actions }, desktopActions },
  fpm: linuxFurtherFiles.map(({ from, to }) => `${join(root, from)}=/usr/share/${to}`),
  afterInstall: 'resources/linux/after-install.tpl',
  afterRemove: 'resources/linux/after-remove.tpl',
};

/** "Open With" in the Finder, and what may be dropped on the icon in the Dock; never instead of the app that has them. */
export const macDocuments = [
  {
    CFBundleTypeName: 'Images and folders of images',
    CFBundleTypeRole: 'Viewer',
    LSHandlerRank: 'Alternate',
    LSItemContentTypes: ['public.image', 'com.adobe.pdf', 'public.movie', 'public.folder'],
  },
  {
    CFBundleTypeName: 'Lists of URLs',
    CFBundleTypeRole: 'Viewer',
    LSHandlerRank: 'Alternate',
    LSItemContentTypes: [
      'public.plain-text',
      'public.comma-separated-values-text',
      'public.tab-separated-values-text',
      'com.apple.web-internet-location',
    ],
  },
];

function readDesktopFile(file: string): { entry: Entry; actions: Record<string, Entry> } {
  const groups = readFileSync(file, 'utf8')
    .split(/^\[(.+)\]$/m)
    .slice(1);
  let entry: Entry = {};
  const actions: Record<string, Entry> = {};
  for (let place = 0; place < groups.length; place += 2) {
    const [name = '', text = ''] = groups.slice(place, place + 2);
    const keys = Object.fromEntries(
      [...text.matchAll(/^([^=\n]+)=(.*)$/gm)].map(([, key, value]) => [key, value]),
    );
    if (name === 'Desktop Entry') entry = keys;
    else actions[name.replace('Desktop Action ', '')] = keys;
  }
  return { entry, actions };
}

function without(entry: Entry): Entry {
  return Object.fromEntries(Object.entries(entry).filter(([key]) => !itsOwn.has(key)));
}
