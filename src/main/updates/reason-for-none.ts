import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ReasonForNoUpdates } from '../../shared/updates/update-messages.ts';

interface Copy {
  readonly isPackaged: boolean;
  /** The folder of what is beside the app's code. */
  readonly resources: string;
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
}

/** @returns undefined if this copy of the app can replace itself by a newer one. */
export function reasonForNone({
  isPackaged,
  resources,
  platform,
  env,
}: Copy): ReasonForNoUpdates | undefined {
  if (!isPackaged) return 'unpacked';
  // A package of a distribution has this file, and its files are not the app's to change.
  if (existsSync(join(resources, 'distribution'))) return 'distribution';
  if (!existsSync(join(resources, 'app-update.yml'))) return 'by-hand';
  // The portable program of Windows and a plain folder on Linux have no installer behind them.
  if (platform === 'win32' && env.PORTABLE_EXECUTABLE_FILE !== undefined) return 'by-hand';
  if (platform === 'linux' && !(env.APPIMAGE !== undefined && isReplaceable(env.APPIMAGE))) return 'by-hand';
  return undefined;
}

/** Whether another file may take its place: one that an administrator put there may not. */
function isReplaceable(file: string): boolean {
  try {
    for (const path of [dirname(file), file]) accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
