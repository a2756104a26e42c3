import { createRequire, registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { listenToTests } from './control.ts';
import { electronModule } from './electron.ts';
import { StandIn } from './stand-in.ts';

// node test/electron-stand-in/run.ts [--headless] <app folder> [arguments of the app]
const given = process.argv.slice(2);
const headless = given[0] === '--headless';
const [folder = '.', ...appArguments] = headless ? given.slice(1) : given;
const appFolder = resolve(folder);
// As Electron has it for an app that is not packaged.
process.argv = [process.execPath, appFolder, ...appArguments];

const standIn = new StandIn(appFolder, headless);
const electron = electronModule(standIn);

const url = 'electron-stand-in:electron';
const key = Symbol.for(url);
Object.assign(globalThis, { [key]: electron });
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url, format: 'commonjs', shortCircuit: true } : next(specifier, context),
  load: (address, context, next) =>
    address === url
      ? {
          format: 'commonjs',
          source: `module.exports = globalThis[Symbol.for('${url}')]`,
          shortCircuit: true,
        }
      : next(address, context),
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => standIn.app.quit());

const load = createRequire(import.meta.url);
const { main } = load(resolve(appFolder, 'package.json')) as { main: string };
load(resolve(appFolder, main));
const endpoint = await standIn.start();
listenToTests(standIn, electron, endpoint);
