import { build } from 'electron-vite';
import { appBuild, isStale, markBuilt } from './build-stamps.ts';

/** Through its API and not its command, which some copies of node_modules have without the right to run. */
if (isStale(appBuild)) {
  await build({ logLevel: 'warn' });
  markBuilt(appBuild);
}
