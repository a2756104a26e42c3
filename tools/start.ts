import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { threadsForMain } from '../test/electron-stand-in/threads.ts';
import { findDisplay } from './display.ts';
import { appFolder, electronBinary, projectRoot } from './driver.ts';

// npm start [-- folder …]: real Electron, or, where its binary cannot be had, the stand-in.
const args = process.argv.slice(2);
await import('./build-app.ts');

const binary = process.env.SHOAL_DRIVER === 'stand-in' ? undefined : (electronBinary() ?? download());
const display = findDisplay();
if (binary !== undefined) {
  await run(binary, [appFolder, ...args]);
} else {
  console.log(
    `${whyNot()} Opening the stand-in instead: the same built app, in a window of an installed Chromium.`,
  );
  if (display === 'none') {
    console.error('There is no display to open a window on. With Xvfb installed: xvfb-run npm start');
    process.exitCode = 1;
  } else {
    await run(process.execPath, [join(projectRoot, 'test/electron-stand-in/run.ts'), appFolder, ...args]);
  }
}

/** What Electron's own command does, quietly: it fails where its download host cannot be reached. */
function download(): string | undefined {
  const installer = join(projectRoot, 'node_modules/electron/install.js');
  if (existsSync(installer)) spawnSync(process.execPath, [installer], { stdio: 'ignore', timeout: 300_000 });
  return electronBinary();
}

function whyNot(): string {
  return process.env.SHOAL_DRIVER === 'stand-in'
    ? 'SHOAL_DRIVER asks for the stand-in.'
    : 'The Electron binary is not here and could not be downloaded.';
}

async function run(command: string, commandArgs: readonly string[]): Promise<void> {
  const child = spawn(command, commandArgs, { stdio: 'inherit', env: { ...threadsForMain, ...process.env } });
  // The person's Ctrl-C reaches the child by itself; this process waits for its clean end.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  const [code] = await once(child, 'exit');
  process.exitCode = typeof code === 'number' ? code : 1;
}
