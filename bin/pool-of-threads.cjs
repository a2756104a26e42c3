'use strict';
// On Windows libuv before 1.52 reads the size of its pool from the C runtime's copy of the environment, which setting it
// in here does not reach (libuv#4887, mended by libuv#4888). As in src/shared/settings/pool-sizes.ts.
function isSizeSeen(platform, libuv) {
  const [major, minor] = libuv.split('.').map(Number);
  return platform !== 'win32' || major > 1 || minor >= 52;
}

/** Sets what has an effect only, so that what the environment says is so. */
function askForThreads(threads, platform = process.platform, libuv = process.versions.uv) {
  if (isSizeSeen(platform, libuv)) process.env.UV_THREADPOOL_SIZE ??= String(threads);
}

module.exports = { askForThreads, isSizeSeen };
