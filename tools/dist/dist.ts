/**
 * `npm run dist`: the installers of the system at hand, in dist-app/. Downloads Electron, and what each kind of installer is made
 * with. `npm run dist -- --stub` packs a folder for Linux with a stub of Electron instead, for which nothing is downloaded.
 */
import { spawnSync } from 'node:child_process';
import { adviceFor } from './advice.ts';
import { packInstallers, packWithStub } from './pack.ts';

if (process.argv.includes('--stub')) {
  console.log(await packWithStub());
} else {
  const hasFlatpak = spawnSync('flatpak-builder', ['--version']).error === undefined;
  if (process.platform === 'linux' && !hasFlatpak) {
    console.log('No Flatpak is made: flatpak-builder is not installed.');
  }
  try {
    await packInstallers(hasFlatpak);
  } catch (error) {
    console.error(adviceFor(error));
    process.exitCode = 1;
  }
}
