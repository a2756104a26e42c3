import { randomBytes } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { RendererViteConfig } from 'electron-vite';
import { createServer, mergeConfig } from 'vite';
import { contentSecurityPolicy } from '../../src/main/app/app-files.ts';
import { projectRoot } from '../driver.ts';
import { singleIcons } from './single-icons.ts';

interface PageServer {
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Vite's server, with the page at its own address: Chromium lets a page of a public or unknown address not open the
 * socket of hot reload at 127.0.0.1. The policy is the app's; it allows Vite's script in the page beside that.
 */
export async function servePage(renderer: RendererViteConfig, cacheDir: string): Promise<PageServer> {
  const nonce = randomBytes(16).toString('base64');
  const policy = contentSecurityPolicy(nonce).replace(
    "script-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
  );
  const server = await createServer(
    mergeConfig(renderer, {
      cacheDir,
      plugins: [singleIcons],
      html: { cspNonce: nonce },
      server: {
        host: '127.0.0.1',
        headers: { 'content-security-policy': policy },
        // In a second worktree node_modules may be a link.
        fs: { allow: [projectRoot, realpathSync(join(projectRoot, 'node_modules'))] },
      },
    }),
  );
  await server.listen();
  const address = server.httpServer?.address();
  if (typeof address !== 'object' || !address) throw new Error('The server of the page has no address.');
  return { origin: `http://127.0.0.1:${address.port}`, close: () => server.close() };
}
