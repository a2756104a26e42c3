#!/usr/bin/env node
'use strict';
// libuv's thread pool is sized when it is first used, and all worker threads share it. Only here, as the first
// statement of a CommonJS entry, does setting it have an effect: an ES module has used the pool by the time it
// runs. It is the ceiling of the pool size plus a few for the file system, so that N in flight really are N. Fetching
// does without it but for a list that is read and a name that only the system knows: Node's own four are enough, and
// the 5 ms saved that so many threads take to start and to end. Thumbnails of what is fetched do need it.
if (process.argv[2] !== 'fetch' || process.argv.some((arg) => arg.startsWith('--thumbs'))) {
  require('./pool-of-threads.cjs').askForThreads(72);
}
// Where a fault is told with its place, in lines of the sources; reading the maps would slow every other start.
if (process.env.SHOAL_DEBUG) process.setSourceMapsEnabled(true);
require('./young-generation.cjs');

const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { isTooOld, tooOld } = require('./needed-node.cjs');

if (isTooOld(process.versions.node)) {
  runOnNeededNode();
} else {
  sayNothingOfSqlite();
  require('../dist/compile-cache.cjs').keepCompiledCode();
  require('../dist/main.cjs').main();
}

/** Node 22 calls its SQLite experimental, at each start. What is used of it is tested on that Node. */
function sayNothingOfSqlite() {
  const { emitWarning } = process;
  process.emitWarning = (warning, ...details) => {
    if (details[0] === 'ExperimentalWarning' && /^SQLite is/.test(warning)) return;
    emitWarning.call(process, warning, ...details);
  };
}

/** npm has Node as a package, too: where there is one that is new enough, it is used. A checkout has it. */
function packagedNode() {
  try {
    const manifest = require.resolve('node/package.json');
    if (isTooOld(require(manifest).version)) return undefined;
    const own = join(manifest, '../bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(own) ? own : undefined;
  } catch {
    return undefined;
  }
}

function runOnNeededNode() {
  const own = packagedNode();
  if (own === undefined) {
    process.stderr.write(`${tooOld()} Or run it by: npx -p node@24 -p shoal shoal …\n`);
    process.exit(2);
  }
  const { spawn } = require('node:child_process');
  const { constants } = require('node:os');
  // It cannot see past us who started it, and with which signals ignored.
  const env = { ...process.env, SHOAL_STARTED_BY: String(process.ppid) };
  const child = spawn(own, [__filename, ...process.argv.slice(2)], { stdio: 'inherit', env });
  // Handed on, also Ctrl-C, which a terminal has sent to both of us (the child takes the two for one) and kill(1) to us
  // alone. The child decides what to do, and we end with it. On Windows a signal that is handed on is the end of the child at
  // once, without its summary; Ctrl-C and Ctrl-Break reach it by themselves.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK']) {
    process.on(signal, () => process.platform === 'win32' || child.kill(signal));
  }
  child.on('exit', (code, signal) => {
    // As shells tell it: 130 is SIGINT.
    process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1));
  });
}
