#!/usr/bin/env node
'use strict';
// libuv's thread pool is sized when it is first used, and all worker threads share it. Only here, as the first
// statement of a CommonJS entry, does setting it have an effect: an ES module has used the pool by the time it
// runs. It is the ceiling of the pool size plus a few for the file system, so that N in flight really are N. Fetching
// does without it but for a list that is read and a name that only the system knows: Node's own four are enough, and
// the 5 ms saved that so many threads take to start and to end. Thumbnails of what is fetched do need it.
if (process.argv[2] !== 'fetch' || process.argv.some((arg) => arg.startsWith('--thumbs'))) {
  process.env.UV_THREADPOOL_SIZE ??= '72';
}
// Where a fault is told with its place, in lines of the sources; reading the maps would slow every other start.
if (process.env.SHOAL_DEBUG) process.setSourceMapsEnabled(true);
require('./young-generation.cjs');

const { existsSync } = require('node:fs');
const { join } = require('node:path');

const neededMajor = 24;

if (Number(process.versions.node.split('.')[0]) >= neededMajor) {
  require('../dist/compile-cache.cjs').keepCompiledCode();
  require('../dist/main.cjs').main();
} else {
  runOnNeededNode();
}

/** A checkout carries a Node of its own among its development tools; use it where the system's is too old. */
function runOnNeededNode() {
  const own = join(__dirname, '../node_modules/node/bin/node');
  if (!existsSync(own)) {
    process.stderr.write(
      `shoal needs Node ${neededMajor} or newer; this is Node ${process.versions.node}.\n`,
    );
    process.exit(2);
  }
  const { spawn } = require('node:child_process');
  const { constants } = require('node:os');
  // It cannot see past us who started it, and with which signals ignored.
  const env = { ...process.env, SHOAL_STARTED_BY: String(process.ppid) };
  const child = spawn(own, [__filename, ...process.argv.slice(2)], { stdio: 'inherit', env });
  // Handed on, also Ctrl-C, which a terminal has sent to both of us (the child takes the two for one) and kill(1) to us
  // alone. The child decides what to do, and we end with it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    // As shells tell it: 130 is SIGINT.
    process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1));
  });
}
