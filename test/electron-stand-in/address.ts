/**
 * Chromium cannot open a page of a scheme it does not know, so the app's own origin becomes a reserved http
 * name (RFC 6761) that never resolves and is answered by routing. Main only ever sees its own addresses.
 */
const appOrigin = 'app://shoal';
export const pageOrigin = 'http://shoal.invalid';

export function toPage(address: string): string {
  return address.startsWith(appOrigin) ? pageOrigin + address.slice(appOrigin.length) : address;
}

export function toApp(address: string): string {
  return address.startsWith(pageOrigin) ? appOrigin + address.slice(pageOrigin.length) : address;
}
