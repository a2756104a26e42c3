import { createServer } from 'electron-vite';
import { threadsForMain } from '../test/electron-stand-in/threads.ts';
import { appBuild, forgetBuild } from './build-stamps.ts';
import { chooseDriver, describeDriver, electronBinary } from './driver.ts';

// npm run dev [-- folder …]: the window with hot reload. A change to the page shows at once, one to the preload reloads
// the page, one to main or the engine starts the app anew.
const args = process.argv.slice(2);
const driver = chooseDriver();
console.log(describeDriver(driver));

// What electron-vite starts, and with what. The stand-in is a program of Node that is given the app's folder.
process.env.ELECTRON_EXEC_PATH = driver === 'electron' ? (electronBinary() ?? '') : process.execPath;
process.env.ELECTRON_ENTRY = driver === 'electron' ? '.' : 'test/electron-stand-in/run.ts';
process.env.ELECTRON_CLI_ARGS = JSON.stringify(driver === 'electron' ? args : ['.', ...args]);
Object.assign(process.env, { ...threadsForMain, ...process.env });

// It writes to out/ as well: the next `npm start` has to build.
forgetBuild(appBuild);
await createServer({ build: { watch: {} } }, { rendererOnly: false });
