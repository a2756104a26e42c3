import { _electron } from '@playwright/test';
import { appFolder, electronBinary } from '../tools/driver.ts';
import type { RunningApp } from './launched-app.ts';

export async function launchElectron(
  args: readonly string[],
  env: Record<string, string>,
): Promise<RunningApp> {
  const executablePath = electronBinary();
  if (executablePath === undefined) throw new Error('Electron has no binary here.');
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({ executablePath, args: [appFolder, ...sandbox, ...args], env });
  const page = await app.firstWindow();
  return {
    page,
    process: app.process(),
    evaluate: (run, argument) =>
      app.evaluate(run as Parameters<typeof app.evaluate>[0], argument) as Promise<never>,
    quit: () => app.close(),
  };
}
