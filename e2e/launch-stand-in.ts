import { chromium, type Page } from '@playwright/test';
import { pageOrigin } from '../test/electron-stand-in/address.ts';
import { startStandIn } from '../test/electron-stand-in/connect.ts';
import { appFolder } from '../tools/driver.ts';
import type { RunningApp } from './launched-app.ts';

export async function launchStandIn(
  args: readonly string[],
  env: Record<string, string>,
): Promise<RunningApp> {
  const standIn = await startStandIn({ appFolder, args, env });
  const browser = await chromium.connectOverCDP(standIn.endpoint, { noDefaults: true });
  const page = await windowOf(() => browser.contexts().flatMap((context) => context.pages()));
  return {
    page,
    process: standIn.process,
    evaluate: (run, argument) => standIn.evaluate(String(run), argument) as Promise<never>,
    quit: () => standIn.quit(),
  };
}

/** The app's page, once it has left the blank one that Chromium starts with. */
async function windowOf(pages: () => Page[]): Promise<Page> {
  for (;;) {
    const page = pages().find((candidate) => candidate.url().startsWith(pageOrigin));
    if (page !== undefined) return page;
    await new Promise((done) => setTimeout(done, 20));
  }
}
