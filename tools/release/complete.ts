/** Of a beta too: where releases are GitHub's, electron-builder names no feed after a version, and apps that ask for betas read these. */
const feeds = ['latest.yml', 'latest-mac.yml', 'latest-linux.yml'];
const kinds = ['.AppImage', '.deb', '.rpm', '.dmg', '.zip', '-setup.exe', '-portable.exe', '.tgz'];
const lists = ['npm', 'window-linux', 'window-macos', 'window-windows'].map((of) => `shoal-${of}.cdx.json`);

/** @throws unless there is each kind of file that a release has, and each system's feed: without it installed apps never learn of it. */
export function refuseIncomplete(names: Iterable<string>): void {
  const there = [...names];
  const exact = [...feeds, ...lists].filter((name) => !there.includes(name));
  const some = kinds.filter((end) => !there.some((name) => name.endsWith(end))).map((end) => `*${end}`);
  const missing = [...exact, ...some];
  if (missing.length > 0) throw new Error(`The release would have no ${missing.join(', ')}.`);
}
