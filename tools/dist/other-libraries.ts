import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ArchName, type SystemName, sharpLibraries } from './run-modules.ts';

/**
 * Installs sharp's libraries for processors that are not this machine's, which npm leaves out of a checkout, in exactly the
 * versions that sharp asks for.
 * @returns the folder, in whose node_modules they are.
 */
export function installOtherLibraries(
  root: string,
  folder: string,
  system: SystemName,
  archs: readonly ArchName[],
): string {
  const sharp = JSON.parse(readFileSync(join(root, 'node_modules/sharp/package.json'), 'utf8'));
  const wanted = sharpLibraries(system, archs).filter(
    (name) => !existsSync(join(root, 'node_modules', name)),
  );
  if (wanted.length === 0) return folder;
  const dependencies = Object.fromEntries(wanted.map((name) => [name, sharp.optionalDependencies[name]]));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  // By force, as they say that they are for another machine.
  execFileSync('npm', ['install', '--force', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  return folder;
}
