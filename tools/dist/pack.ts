import { join } from 'node:path';
import { Arch, build, Platform } from 'electron-builder';
import { builderConfig, distFolder } from '../../resources/builder/electron-builder.config.ts';
import { appBuild, engineBuild, isStale } from '../build-stamps.ts';
import { makeAppFolder } from './app-folder.ts';
import { mostMegabytes, refuseTooLarge } from './budget.ts';
import { makeDeb } from './deb.ts';
import { installOtherLibraries } from './other-libraries.ts';
import type { ArchName, SystemName } from './run-modules.ts';
import { makeStubElectron } from './stub-electron.ts';

const root = join(import.meta.dirname, '../..');
const output = join(root, distFolder);

const systems: Readonly<Record<string, SystemName>> = { linux: 'linux', darwin: 'mac', win32: 'windows' };
const platforms = { linux: Platform.LINUX, mac: Platform.MAC, windows: Platform.WINDOWS };
const archNumbers = { x64: Arch.x64, arm64: Arch.arm64 };

function refuseStale(): void {
  if ([appBuild, engineBuild].some(isStale))
    throw new Error('dist/ or out/ is not of these sources: npm run build');
}

/** Packs the app for Linux with a stub in Electron's place, and returns the folder. Needs no network. */
export async function packWithStub(): Promise<string> {
  refuseStale();
  const electronDist = join(output, 'stub-electron');
  await makeStubElectron(electronDist, '0.0.0');
  makeAppFolder(root, join(output, 'app'), { system: 'linux', archs: ['x64'] });
  await build({
    projectDir: root,
    targets: Platform.LINUX.createTarget('dir', Arch.x64),
    config: builderConfig({ electronDist }),
    publish: 'never',
  });
  return join(output, 'linux-unpacked');
}

/** Makes all kinds of installers of the system at hand, for its processor, on macOS for both. */
export async function packInstallers(withFlatpak: boolean): Promise<void> {
  refuseStale();
  const system = systems[process.platform];
  const arch = process.arch as ArchName;
  if (system === undefined || archNumbers[arch] === undefined) {
    throw new Error(`There are no installers for ${process.platform} on ${process.arch}.`);
  }
  const archs: readonly ArchName[] = system === 'mac' ? ['x64', 'arm64'] : [arch];
  const libraries = installOtherLibraries(root, join(output, 'libraries'), system, archs);
  makeAppFolder(root, join(output, 'app'), { system, archs, libraries });
  refuseTooLarge(join(output, 'app'), mostMegabytes[system]);
  const make = (kinds: string[], forDistribution = false) =>
    build({
      projectDir: root,
      targets: platforms[system].createTarget(kinds, system === 'mac' ? Arch.universal : archNumbers[arch]),
      config: builderConfig({ forDistribution }),
      publish: 'never',
    });
  if (system === 'mac') await make(['dmg', 'zip']);
  if (system === 'windows') await make(['nsis', 'portable']);
  if (system !== 'linux') return;
  await make(withFlatpak ? ['rpm', 'flatpak'] : ['rpm'], true);
  // Last, so that the folder that stays is the one without the mark of a distribution's package.
  await make(['AppImage']);
  const unpacked = arch === 'x64' ? 'linux-unpacked' : `linux-${arch}-unpacked`;
  console.log(makeDeb({ root, packed: join(output, unpacked), arch, folder: output }));
}
