import envPaths from 'env-paths';

/**
 * Where Shoal keeps what it remembers between runs: `SHOAL_STATE_DIR`, else `XDG_STATE_HOME/shoal` on Linux
 * (XDG Base Directory Specification), Application Support on macOS, Local AppData on Windows.
 */
export function stateFolder(): string {
  const { SHOAL_STATE_DIR } = process.env;
  if (SHOAL_STATE_DIR) return SHOAL_STATE_DIR;
  const paths = envPaths('shoal', { suffix: '' });
  // env-paths gives XDG_STATE_HOME, the folder for state such as this, under the name of its first use: logs.
  return process.platform === 'linux' ? paths.log : paths.data;
}
