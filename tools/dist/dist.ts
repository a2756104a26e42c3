/** `npm run dist`: the installers for the system at hand, in dist-app/. Downloads Electron, and what each kind of installer is made with. */
import { packWithStub } from './pack.ts';

// For what is built upon it: --stub packs a tree with a stub of Electron, which needs no network.
if (process.argv.includes('--stub')) console.log(await packWithStub());
