import { type BrowserWindow, dialog, shell } from 'electron';

const notices = `Free software under the MIT licence, without any warranty. © 2026 The Shoal founders.

It contains the work of others under their own licences, among them sharp (Apache-2.0) with libvips (LGPL-3.0), jSquash (Apache-2.0), undici, Mantine, React and uPlot (MIT). Each package has its licence beside it.`;

/** Opens the documentation that came with the app, so that it is the one of this version. */
export async function showDocumentation(file: string): Promise<void> {
  const problem = await shell.openPath(file);
  if (problem !== '') dialog.showErrorBox('The documentation cannot be opened', `${file}: ${problem}`);
}

/** The version, what it runs on, and the notices. */
export async function showAbout(window: BrowserWindow | undefined, version: string): Promise<void> {
  const { electron, chrome, node } = process.versions;
  const parts = Object.entries({ Electron: electron, Chromium: chrome, Node: node });
  const ground = parts.filter(([, of]) => of !== undefined).map(([name, of]) => `${name} ${of}`);
  const box = {
    type: 'info' as const,
    title: 'About Shoal',
    message: `Shoal ${version}`,
    detail: `${ground.join(', ')}\n\n${notices}`,
    buttons: ['OK'],
  };
  await (window ? dialog.showMessageBox(window, box) : dialog.showMessageBox(box));
}
