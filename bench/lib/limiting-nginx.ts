import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export const hasNginx = spawnSync('nginx', ['-v'], { stdio: 'ignore' }).status === 0;

export interface LimitingNginx {
  readonly port: number;
  /** @returns how many requests it refused. */
  readonly end: () => Promise<number>;
}

/** An nginx that serves one file under any name. @param zone of its http block. @param limit of its server block. */
export async function startLimitingNginx(
  folder: string,
  zone: string,
  limit: string,
): Promise<LimitingNginx> {
  const root = join(folder, 'root');
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'file'), Buffer.alloc(100_000, 'x'));
  const port = await freePort();
  const log = join(folder, 'access.log');
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
    .join(' ');
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; pid ${folder}/nginx.pid; error_log /dev/null; ${process.getuid?.() === 0 ? 'user root;' : ''}
     events { worker_connections 512; }
     http { log_format status '$status'; access_log ${log} status; ${temp} ${zone}
       server { listen 127.0.0.1:${port}; root ${root}; location / { ${limit} try_files /file =404; } } }`,
  );
  const child: ChildProcess = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], {
    stdio: 'ignore',
  });
  await delay(500);
  return {
    port,
    end: async () => {
      child.kill();
      await once(child, 'close');
      return readFileSync(log, 'utf8').match(/^503$/gm)?.length ?? 0;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}
