import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Driver = 'electron' | 'stand-in';

export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));
/** The built window, or that of a packed app (tools/dist). The `main` of the checkout is the library. */
export const appFolder = process.env.SHOAL_APP_FOLDER ?? join(projectRoot, 'out');

/** Where Electron's binary is, if it was downloaded. Its package is not imported: that would download it. */
export function electronBinary(): string | undefined {
  const folder = join(projectRoot, 'node_modules', 'electron');
  const pointer = join(folder, 'path.txt');
  if (!existsSync(pointer)) return undefined;
  const binary = join(folder, 'dist', readFileSync(pointer, 'utf8'));
  return existsSync(binary) ? binary : undefined;
}

/**
 * `SHOAL_DRIVER=stand-in` asks for the stand-in also where there is an Electron; `SHOAL_DRIVER=electron` for Electron and nothing else.
 * @throws where that is not to be had: what a release rests on is not to pass on something else.
 */
export function chooseDriver(): Driver {
  const asked = process.env.SHOAL_DRIVER;
  const hasElectron = electronBinary() !== undefined;
  if (asked === 'electron' && !hasElectron) {
    throw new Error(
      'SHOAL_DRIVER=electron, and Electron has no binary here: node node_modules/electron/install.js',
    );
  }
  return asked !== 'stand-in' && hasElectron ? 'electron' : 'stand-in';
}

export function describeDriver(driver: Driver): string {
  return driver === 'electron'
    ? 'Driver: real Electron'
    : 'Driver: the Electron stand-in (built bundles in plain Node, windows in Chromium)';
}
