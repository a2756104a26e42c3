import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface PhotoServer {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves the files of one folder on the loopback address, each after a wait, as a server far away would. */
export async function startPhotoServer(folder: string, latencyMs: number): Promise<PhotoServer> {
  const server = createServer(async (request, response) => {
    await sleep(latencyMs);
    try {
      const body = await readFile(join(folder, basename(request.url ?? '')));
      response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': body.length }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
