import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { findChromium } from '../../../test/electron-stand-in/chromium.ts';
import type { DistCheck } from '../tree.ts';

/** The app out of the archive is used as a person would, on the stand-in of Electron: nothing it needs is elsewhere. */
export const check: DistCheck = {
  name: 'smoke',
  async run({ root, extracted }) {
    if (findChromium() === undefined) return { skipped: 'needs Chromium, which npm run e2e installs' };
    const cli = join(root, 'node_modules/@playwright/test/cli.js');
    const specs = spawn(process.execPath, [cli, 'test', '--config', 'tools/dist/playwright.config.ts'], {
      cwd: root,
      env: { ...process.env, SHOAL_DRIVER: 'stand-in', SHOAL_APP_FOLDER: extracted },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    specs.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const [code] = await once(specs, 'close');
    if (code !== 0) throw new Error(said.trim());
    return undefined;
  },
};
