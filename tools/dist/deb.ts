import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { linuxDesktopFiles, linuxFurtherFiles, linuxLauncher } from '../../resources/builder/linux-files.ts';
import type { ArchName } from './run-modules.ts';

/**
 * The libraries that Electron is linked with, or that bring those: as electron-builder names them, and sound and the graphics' buffers,
 * which none of those brings to a lean system. Older releases of Debian have them without t64.
 */
const depends = [
  'libgtk-3-0t64 | libgtk-3-0',
  'libnotify4',
  'libnss3',
  'libxss1',
  'libxtst6',
  'libatspi2.0-0t64 | libatspi2.0-0',
  'libuuid1',
  'libgbm1',
  'libasound2t64 | libasound2',
  'libsecret-1-0',
  'xdg-utils',
];
/** The command line is run by a Node of the system (ADR 96): the window needs none. */
const recommends = ['libayatana-appindicator3-1'];
const suggests = ['nodejs (>= 22.22)'];

const debianArch: Readonly<Record<ArchName, string>> = { x64: 'amd64', arm64: 'arm64' };
const appFolder = 'opt/Shoal';

interface DebFrom {
  readonly root: string;
  /** The packed tree. */
  readonly packed: string;
  readonly arch: ArchName;
  /** What is made there: the tree that is installed, and the package. */
  readonly folder: string;
  /** Packed fast and large, for one that is thrown away. */
  readonly hasty?: boolean;
}

/**
 * Makes a Debian package by dpkg-deb. It has no scripts: dpkg itself knows each file of it and takes all away again, and the
 * caches of desktops, types, icons and manuals are kept by triggers of those packages that own them.
 * @returns the package's path.
 */
export function makeDeb({ root, packed, arch, folder, hasty = false }: DebFrom): string {
  const tree = join(folder, 'deb');
  rmSync(tree, { recursive: true, force: true });
  const app = join(tree, appFolder);
  mkdirSync(app, { recursive: true });
  cpSync(packed, app, { recursive: true, verbatimSymlinks: true });
  cpSync(join(root, 'resources/builder/distribution'), join(app, 'resources/distribution'));
  link(join(tree, 'usr/bin/shoal'), `/${appFolder}/${linuxLauncher}`);
  for (const { from, to } of [...linuxDesktopFiles, ...linuxFurtherFiles]) {
    place(readFileSync(join(root, from)), join(tree, 'usr/share', to));
  }
  const copyright = readFileSync(join(root, 'LICENSE'), 'utf8');
  place(Buffer.from(`${copyright}\n${further}`), join(tree, 'usr/share/doc/shoal/copyright'));
  giveRights(tree);
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const control = controlOf(manifest, arch, kibibytesOf(tree));
  mkdirSync(join(tree, 'DEBIAN'));
  writeFileSync(join(tree, 'DEBIAN/control'), control);
  // Not with Debian's ~ in the name of the file, which GitHub writes as a dot: the sums of a release would name another one.
  const deb = join(folder, `shoal_${manifest.version}_${debianArch[arch]}.deb`);
  execFileSync(
    'dpkg-deb',
    ['--root-owner-group', ...(hasty ? ['-Zgzip', '-z1'] : ['-Zxz']), '--build', tree, deb],
    { stdio: 'pipe' },
  );
  return deb;
}

const further = `What else is in the package is under the licences in /${appFolder}/LICENSE.electron.txt, /${appFolder}/LICENSES.chromium.html
and those that the app's window shows (Help, Licences).
`;

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly author: string;
  readonly homepage: string;
  readonly repository: { readonly url: string };
}

function controlOf(manifest: Manifest, arch: ArchName, kibibytes: number): string {
  const { name, version, description, author, homepage } = manifest;
  // Debian wants an address there. Ours is where problems are told.
  const noReply = `noreply@${new URL(homepage).hostname}`;
  const [summary = '', ...rest] = description.split(': ');
  return `${[
    `Package: ${name}`,
    `Version: ${debianVersion(version)}`,
    `Architecture: ${debianArch[arch]}`,
    `Maintainer: ${author} <${noReply}>`,
    `Installed-Size: ${kibibytes}`,
    `Depends: ${depends.join(', ')}`,
    `Recommends: ${recommends.join(', ')}`,
    `Suggests: ${suggests.join(', ')}`,
    'Section: graphics',
    'Priority: optional',
    `Homepage: ${homepage}`,
    `Description: ${summary}`,
    ` ${rest.join(': ') || summary}`,
  ].join('\n')}\n`;
}

/** 1.0.0-beta.1 comes before 1.0.0. A further hyphen would part a revision from the version. */
export function debianVersion(version: string): string {
  return version.replace('-', '~').replaceAll('-', '.');
}

/** Manuals are packed in Debian. */
function place(content: Buffer, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const isManual = /\/man\/man\d\//.test(path);
  writeFileSync(isManual ? `${path}.gz` : path, isManual ? gzipSync(content, { level: 9 }) : content);
  if (content.subarray(0, 2).toString() === '#!') chmodSync(path, 0o755);
}

function link(path: string, to: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(to, path);
}

/**
 * Readable to all and writable to root, whatever the umask was. Chromium's helper of the sandbox is the owner's, for systems that
 * let nobody else have namespaces of their own: Ubuntu since 23.10, unless an AppArmor profile allows it.
 */
function giveRights(tree: string): void {
  for (const path of ['', ...readdirSync(tree, { recursive: true, encoding: 'utf8' })]) {
    const file = join(tree, path);
    const stat = lstatSync(file);
    if (stat.isSymbolicLink()) continue;
    chmodSync(file, stat.isDirectory() || (stat.mode & 0o100) !== 0 ? 0o755 : 0o644);
  }
  chmodSync(join(tree, appFolder, 'chrome-sandbox'), 0o4755);
}

function kibibytesOf(tree: string): number {
  const files = readdirSync(tree, { recursive: true, encoding: 'utf8' }).map((path) =>
    lstatSync(join(tree, path)),
  );
  return Math.ceil(files.reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0) / 1024);
}
