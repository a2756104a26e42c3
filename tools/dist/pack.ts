import { join } from 'node:path';
import { Arch, build, Platform } from 'electron-builder';
import { builderConfig, distFolder } from '../../resources/builder/electron-builder.config.ts';
import { makeAppFolder } from './app-folder.ts';
import { makeStubElectron } from './stub-electron.ts';

const root = join(import.meta.dirname, '../..');

/** Packs the app for Linux with a stub in Electron's place, and returns the folder. Needs no network. */
export async function packWithStub(): Promise<string> {
  const stub = join(root, distFolder, 'stub-electron');
  await makeStubElectron(stub, '0.0.0');
  makeAppFolder(root, join(root, distFolder, 'app'), { system: 'linux', archs: ['x64'] });
  await build({
    projectDir: root,
    targets: Platform.LINUX.createTarget('dir', Arch.x64),
    config: builderConfig({ electronDist: stub }),
    publish: 'never',
  });
  return join(root, distFolder, 'linux-unpacked');
}
