'use strict';
// V8 lets the space for new objects grow to well over 100 MB in a long run of small messages between threads,
// nearly all of it garbage. 8 MB is as quick (threads start with it instead of growing into it) and takes a third
// off the memory of a run over a million items. bench/million-items.ts measures it.
const { setFlagsFromString } = require('node:v8');
setFlagsFromString('--min-semi-space-size=8');
// Only when the program is loaded: this thread's own space is there already, with 1 MB, and has to grow first. Held
// down to that from the start it takes a fifth off the speed of a short run.
setTimeout(() => setFlagsFromString('--semi-space-growth-factor=1'), 150).unref();
