import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  // For DevTools: the page itself requests no source maps.
  '.map': 'application/json; charset=utf-8',
};

/** The build writes this where the nonce of each answer goes (Vite's `html.cspNonce`). */
export const noncePlaceholder = '__SHOAL_NONCE__';

/**
 * Allows only our own files, images from `thumb:`, and styles with this answer's nonce. `style-src-attr` is for the
 * positions that the virtual list and the chart set on elements; it can load nothing.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' thumb: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "frame-src 'none'",
    "object-src 'none'",
  ].join('; ');
}

/** Answers `app://shoal/…` with files of one folder, never with anything outside it. @param language of the page. */
export async function answerAppFile(folder: string, address: string, language = 'en'): Promise<Response> {
  const { host, pathname } = new URL(address);
  const path = decoded(pathname);
  if (host !== 'shoal' || path === undefined) return new Response(null, { status: 404 });
  const file = normalize(join(folder, path === '/' ? 'index.html' : path));
  const type = types[extname(file)];
  if (!file.startsWith(folder + sep) || type === undefined) return new Response(null, { status: 404 });
  const nonce = randomBytes(16).toString('base64');
  try {
    const body =
      extname(file) === '.html'
        ? pageFor(await readFile(file, 'utf8'), { nonce, language })
        : await readFile(file);
    return new Response(body, {
      headers: {
        'content-type': type,
        'content-security-policy': contentSecurityPolicy(nonce),
        'cross-origin-opener-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-cache',
      },
    });
  } catch {
    return new Response(null, { status: 404 });
  }
}

/** The page reads from itself which language it is to be drawn in first. */
function pageFor(html: string, { nonce, language }: { nonce: string; language: string }): string {
  return html.replaceAll(noncePlaceholder, nonce).replace('<html lang="en">', `<html lang="${language}">`);
}

function decoded(pathname: string): string | undefined {
  try {
    const path = decodeURIComponent(pathname);
    return path.includes('\0') ? undefined : path;
  } catch {
    return undefined;
  }
}
