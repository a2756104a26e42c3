import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from '../test/electron-stand-in/chromium.ts';
import { findDisplay, startXvfb } from './display.ts';
import { chooseDriver, describeDriver, projectRoot } from './driver.ts';

// npm run e2e [-- arguments of playwright test]: finds or installs what the specs need, says on what they run, runs them.
const driver = chooseDriver();
console.log(describeDriver(driver));

let xvfb: ChildProcess | undefined;
const env = { ...process.env };
if (driver === 'stand-in') {
  // Each start of the app is a new process, which else compiles all it loads anew.
  env.NODE_COMPILE_CACHE = join(projectRoot, 'node_modules/.cache/compiled');
  if (findChromium() === undefined) installChromium();
} else if (findDisplay() === 'none') {
  if (!existsSync('/usr/bin/Xvfb')) apt('xvfb');
  const virtual = await startXvfb();
  xvfb = virtual.process;
  env.DISPLAY = virtual.display;
}

await import('./build-app.ts');
const playwright = join(projectRoot, 'node_modules/@playwright/test/cli.js');
const specs = spawn(process.execPath, [playwright, 'test', ...process.argv.slice(2)], {
  cwd: projectRoot,
  env,
  stdio: 'inherit',
});
const [code] = await once(specs, 'exit');
xvfb?.kill();
process.exitCode = typeof code === 'number' ? code : 1;

/** Debian's own where we may install, else the one that Playwright brings. */
function installChromium(): void {
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) apt('chromium');
  else {
    const cli = join(projectRoot, 'node_modules/playwright-core/cli.js');
    spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  if (findChromium() === undefined) {
    console.error('No Chromium could be found or installed: install one, or set SHOAL_CHROMIUM to its path.');
    process.exit(1);
  }
}

function apt(name: string): void {
  console.log(`Installing ${name} …`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const get = (...args: string[]) =>
    spawnSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], {
      env: environment,
      stdio: ['ignore', 'ignore', 'inherit'],
    }).status === 0;
  if (!get('install', '-y', name)) {
    get('update');
    get('install', '-y', name);
  }
}
