import { randomBytes } from 'node:crypto';
import { contentSecurityPolicy, noncePlaceholder } from './app-files.ts';

/** Set by electron.vite.config.ts: whether `npm run dev` builds this. Nothing of this file is in any other build. */
declare const __SHOAL_DEV__: boolean;

/** Vite's server, where the page's files come from while somebody works on them. */
export function devServer(): string | undefined {
  return typeof __SHOAL_DEV__ !== 'undefined' && __SHOAL_DEV__
    ? process.env.ELECTRON_RENDERER_URL
    : undefined;
}

/**
 * The page keeps the app's own origin, so that the gate, the preload and the policy are those of the app; the policy
 * allows Vite's script in the page and its socket beside that.
 */
export async function answerFromServer(server: string, { url, headers }: Request): Promise<Response> {
  const { pathname, search } = new URL(url);
  const answer = await fetch(new URL(pathname + search, server), {
    headers: { accept: headers.get('accept') ?? '*/*' },
  });
  const type = answer.headers.get('content-type') ?? 'application/octet-stream';
  if (!type.startsWith('text/html'))
    return new Response(answer.body, { status: answer.status, headers: { 'content-type': type } });
  const nonce = randomBytes(16).toString('base64');
  const page = (await answer.text()).replaceAll(noncePlaceholder, nonce);
  const policy = contentSecurityPolicy(nonce)
    .replace("script-src 'self'", `script-src 'self' 'nonce-${nonce}'`)
    .replace("connect-src 'self'", `connect-src 'self' ${server.replace(/^http/, 'ws')}`);
  return new Response(page, { headers: { 'content-type': type, 'content-security-policy': policy } });
}
