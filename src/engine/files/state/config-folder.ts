import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * The folder for what a person writes or chooses to keep, unlike state: `SHOAL_CONFIG_DIR`, otherwise
 * `XDG_CONFIG_HOME/shoal` on Linux (XDG Base Directory Specification), Application Support on macOS, Roaming AppData on
 * Windows.
 * @throws if this user has no home folder, as in some containers.
 */
export function configFolder(): string {
  const { SHOAL_CONFIG_DIR, XDG_CONFIG_HOME = '', APPDATA } = process.env;
  if (SHOAL_CONFIG_DIR) return SHOAL_CONFIG_DIR;
  switch (process.platform) {
    case 'darwin':
      return join(homedir(), 'Library/Application Support/shoal');
    case 'win32':
      return join(APPDATA || join(homedir(), 'AppData/Roaming'), 'shoal/Config');
    default:
      // The specification says that a relative path must be ignored.
      return join(isAbsolute(XDG_CONFIG_HOME) ? XDG_CONFIG_HOME : join(homedir(), '.config'), 'shoal');
  }
}
