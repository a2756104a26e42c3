import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { packedResources } from './app.ts';
import { listenToTests } from './control.ts';
import { electronModule } from './electron.ts';
import { provideElectron } from './provide-electron.ts';
import { StandIn } from './stand-in.ts';

// node test/electron-stand-in/run.ts [--headless] <app folder> [arguments of the app]
const given = process.argv.slice(2);
const headless = given[0] === '--headless';
const [folder = '.', ...appArguments] = headless ? given.slice(1) : given;
const appFolder = resolve(folder);
// As Electron has it: the folder of an app that is not packaged is an argument.
process.argv =
  packedResources === undefined
    ? [process.execPath, appFolder, ...appArguments]
    : [process.execPath, ...appArguments];
if (packedResources !== undefined) Object.assign(process, { resourcesPath: packedResources });

const standIn = new StandIn(appFolder, headless);
const electron = electronModule(standIn);

provideElectron(electron);

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => standIn.app.quit());

const load = createRequire(import.meta.url);
const { main } = load(resolve(appFolder, 'package.json')) as { main: string };
load(resolve(appFolder, main));
const endpoint = await standIn.start();
listenToTests(standIn, electron, endpoint);
