import { build } from 'electron-vite';

/** Through its API and not its command, which some copies of node_modules have without the right to run. */
await build({ logLevel: 'warn' });
