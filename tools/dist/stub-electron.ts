import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPackage } from '@electron/asar';

/** What Electron's binary has before its fuses: @electron/fuses looks for it. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** The first version of the wire, and its fuses as Electron is delivered: 1 is on, 0 off, r removed. */
const wire = [1, 9, ...'101100011'].map((part) => (typeof part === 'number' ? part : part.charCodeAt(0)));

/**
 * A folder that looks to a packager like Electron's for Linux, where that cannot be downloaded: the names of its files, and a binary
 * that has nothing but the place of the fuses. What is packed with it cannot be started.
 */
export async function makeStubElectron(folder: string, version: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'));
  const binary = Buffer.concat([
    Buffer.from('#!/bin/sh\necho "This is a stub of Electron." >&2\nexit 1\n'),
    Buffer.from(sentinel),
    Buffer.from(wire),
    Buffer.from('\n'),
  ]);
  writeFileSync(join(folder, 'electron'), binary);
  writeFileSync(join(folder, 'chrome-sandbox'), '#!/bin/sh\nexit 1\n');
  for (const name of ['electron', 'chrome-sandbox']) chmodSync(join(folder, name), 0o755);
  writeFileSync(join(folder, 'version'), version);
  writeFileSync(join(folder, 'LICENSE'), 'Electron is under the MIT licence.\n');
  writeFileSync(join(folder, 'LICENSES.chromium.html'), '<p>The licences of what Chromium is made of.\n');
  writeFileSync(join(folder, 'locales/en-US.pak'), '');
  writeFileSync(join(folder, 'locales/de.pak'), '');
  mkdirSync(join(folder, 'default-app'));
  await createPackage(join(folder, 'default-app'), join(folder, 'resources/default_app.asar'));
}
