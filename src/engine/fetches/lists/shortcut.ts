/**
 * The URL of a file that browsers and desktops make of a link: Windows' `.url`, freedesktop's `.desktop` (both INI), and
 * macOS' `.webloc` (a property list in XML).
 * @returns `undefined` if there is none.
 */
export function shortcutUrl(text: string): string | undefined {
  const ini =
    /^\[(InternetShortcut|Desktop Entry)\]/im.test(text) && /^URL(?:\[\$e\])?\s*=\s*(\S.*)$/im.exec(text);
  const plist = /<key>\s*URL\s*<\/key>\s*<string>([^<]*)<\/string>/i.exec(text);
  const found = (ini || plist)?.[1]?.trim();
  return plist && found ? found.replaceAll('&amp;', '&') : found;
}
