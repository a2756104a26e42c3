import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import S3rver from 's3rver';
import { onTestFinished, vi } from 'vitest';
import { tempFolder } from '../temp-folder.ts';

export interface S3Server {
  readonly endpoint: string;
  /** `PUT /bucket/key` and the like, as they came. */
  readonly requests: string[];
  /** Answers the next requests that match with this status, before the server sees them. */
  failNext(request: RegExp, status: number, times?: number): void;
  /** Takes the next request that matches, and never answers it. */
  hangNext(request: RegExp): void;
}

/**
 * An S3 server on this machine with a bucket named `photos`, to which the environment leads until the test is done. s3rver
 * knows neither conditional writes nor whole ones (who asks while something is written sees a half): these are held to in
 * front of it.
 */
export async function startS3(): Promise<S3Server> {
  const storage = new S3rver({
    directory: tempFolder(),
    silent: true,
    configureBuckets: [{ name: 'photos', configs: [] }],
  });
  await storage.configureBuckets();
  const behind = createServer(storage.callback());
  await new Promise<void>((resolve) => behind.listen(0, '127.0.0.1', resolve));
  const { port } = behind.address() as AddressInfo;
  const requests: string[] = [];
  const failures: { request: RegExp; status: number; times: number }[] = [];
  const taken = new Set<string>();
  /** By path: the request that is answered now. */
  const underWay = new Map<string, Promise<void>>();
  const server = createServer(async (request, response) => {
    const told = `${request.method} ${request.url}`;
    requests.push(told);
    // What is not sent whole, because its sender died, is not written.
    const body = await bodyOf(request).catch(() => undefined);
    if (!body) return;
    const path = request.url?.replace(/\?.*/, '') ?? '';
    const before = underWay.get(path);
    const answering = (async () => {
      await before;
      const failure = failures.find((each) => each.times > 0 && each.request.test(told));
      if (failure) failure.times -= 1;
      if (failure?.status === never) return;
      const status = failure?.status ?? (isCreation(request) && taken.has(path) ? 412 : undefined);
      if (request.method === 'PUT' && status === undefined) taken.add(path);
      if (request.method === 'DELETE') taken.delete(path);
      if (status === undefined) await passOn(request, body, port, response);
      else response.writeHead(status).end(status === 412 ? conflict : '');
    })();
    underWay.set(path, answering);
    await answering;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    behind.closeAllConnections();
    behind.close();
    vi.unstubAllEnvs();
  });
  const environment = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'S3RVER',
    AWS_SECRET_ACCESS_KEY: 'S3RVER',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  return {
    endpoint,
    requests,
    failNext: (request, status, times = 1) => failures.push({ request, status, times }),
    hangNext: (request) => failures.push({ request, status: never, times: 1 }),
  };
}

/** The status of an answer that does not come. */
const never = 0;

const conflict = '<Error><Code>PreconditionFailed</Code><Message>It is there.</Message></Error>';

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Resolves when all is answered, whether or not the other side still listens. */
function passOn(
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  port: number,
  response: ServerResponse,
): Promise<void> {
  return new Promise((resolve) => {
    const passed = send({ port, host: '127.0.0.1', method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
      answer.once('close', resolve);
      response.once('close', () => answer.resume());
    });
    passed.once('error', () => {
      response.destroy();
      resolve();
    });
    passed.end(body);
  });
}

function isCreation({ method, headers }: IncomingMessage): boolean {
  return method === 'PUT' && headers['if-none-match'] === '*';
}
