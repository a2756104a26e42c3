/** The only hosts whose links open in the browser. */
const hosts = new Set(['github.com']);

export function isLinkForTheBrowser(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === 'https:' && url.username === '' && url.port === '' && hosts.has(url.hostname);
}
