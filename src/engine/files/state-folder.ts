import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/**
 * The folder for state that is kept between runs: `SHOAL_STATE_DIR`, otherwise `XDG_STATE_HOME/shoal` on Linux (XDG
 * Base Directory Specification), Application Support on macOS, Local AppData on Windows.
 * @throws if this user has no home folder, as in some containers.
 */
export function stateFolder(): string {
  const { SHOAL_STATE_DIR, XDG_STATE_HOME = '', LOCALAPPDATA } = process.env;
  if (SHOAL_STATE_DIR) return SHOAL_STATE_DIR;
  switch (process.platform) {
    case 'darwin':
      return join(homedir(), 'Library/Application Support/shoal');
    case 'win32':
      return join(LOCALAPPDATA || join(homedir(), 'AppData/Local'), 'shoal/Data');
    default:
      // The specification says that a relative path must be ignored.
      return join(isAbsolute(XDG_STATE_HOME) ? XDG_STATE_HOME : join(homedir(), '.local/state'), 'shoal');
  }
}

/** Makes the folder for state independent of the working directory, which is about to change. */
export function keepStateFolder(): void {
  const { SHOAL_STATE_DIR } = process.env;
  if (SHOAL_STATE_DIR) process.env.SHOAL_STATE_DIR = resolve(SHOAL_STATE_DIR);
}
