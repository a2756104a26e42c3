import type { WebContents } from 'electron';

/**
 * Written in by the bundler: the origin of the server that `npm run dev` runs, and `undefined` in every other build.
 * No environment, argument or file can give a built app another page than its own.
 */
declare const __SHOAL_DEV_PAGE__: string | undefined;

export const devPage = typeof __SHOAL_DEV_PAGE__ === 'undefined' ? undefined : __SHOAL_DEV_PAGE__;

/**
 * What cannot be changed in place the server's script shows by loading the page anew, which to Electron is a
 * navigation of the page's own, and so refused. Main may: it loads the same address again, and no other.
 */
export function letPageReload(contents: WebContents): void {
  contents.on('will-navigate', ({ url }) => {
    if (url === contents.getURL()) contents.reload();
  });
}
