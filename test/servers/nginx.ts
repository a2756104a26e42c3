import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needs } from '../needs.ts';
import type { Certificate } from './certificates.ts';

export const withNginx = needs(
  "nginx (Debian's nginx-light)",
  spawnSync('nginx', ['-v'], { stdio: 'ignore' }).status === 0,
);

export interface Nginx extends AsyncDisposable {
  readonly origin: string;
  /** The folder it serves. */
  readonly root: string;
  /** How many requests it has answered so far. */
  requests(): number;
}

/**
 * A real nginx of its own on loopback. @param directives further ones for the server block. @param certificate by TLS, as
 * localhost, also in HTTP/2 unless told otherwise.
 */
export async function startNginx(
  directives: string,
  certificate?: Certificate,
  { http2 = true } = {},
): Promise<Nginx> {
  const base = mkdtempSync(join(tmpdir(), 'shoal-nginx-'));
  const root = join(base, 'root');
  mkdirSync(root);
  const port = await freePort();
  if (certificate) {
    writeFileSync(join(base, 'key.pem'), certificate.key);
    writeFileSync(join(base, 'cert.pem'), certificate.cert);
  }
  const secure = `ssl_certificate ${base}/cert.pem; ssl_certificate_key ${base}/key.pem;`;
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${base}/${kind};`,
  );
  writeFileSync(
    join(base, 'nginx.conf'),
    `daemon off; pid ${base}/nginx.pid; error_log /dev/null; ${process.getuid?.() === 0 ? 'user root;' : ''}
     events { worker_connections 512; }
     http { access_log ${base}/access.log; ${temp.join(' ')} types { text/plain txt; image/jpeg jpg; }
       server { listen 127.0.0.1:${port}${certificate ? ` ssl${http2 ? ' http2' : ''}` : ''}; ${certificate ? secure : ''} root ${root}; ${directives} } }`,
  );
  const child: ChildProcess = spawn('nginx', ['-p', base, '-c', join(base, 'nginx.conf')], {
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await accepts(port);
  return {
    origin: certificate ? `https://localhost:${port}` : `http://127.0.0.1:${port}`,
    root,
    requests: () => readFileSync(join(base, 'access.log'), 'utf8').split('\n').length - 1,
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await ended;
      rmSync(base, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function accepts(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true));
      socket.on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('nginx did not start');
}
