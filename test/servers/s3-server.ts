import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
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
 * does not know conditional writes: these are held to in front of it.
 */
export async function startS3(): Promise<S3Server> {
  const storage = new S3rver({
    directory: tempFolder(),
    silent: true,
    configureBuckets: [{ name: 'photos', configs: [] }],
  });
  await storage.configureBuckets();
  const inner: RequestListener = storage.callback();
  const requests: string[] = [];
  const failures: { request: RegExp; status: number; times: number }[] = [];
  const taken = new Set<string>();
  const server = createServer((request, response) => {
    const told = `${request.method} ${request.url}`;
    requests.push(told);
    const failure = failures.find((each) => each.times > 0 && each.request.test(told));
    if (failure) failure.times -= 1;
    const path = request.url?.replace(/\?.*/, '') ?? '';
    if (failure?.status === never) return;
    const status = failure?.status ?? (isCreation(request) && taken.has(path) ? 412 : undefined);
    if (request.method === 'PUT' && status === undefined) taken.add(path);
    if (request.method === 'DELETE') taken.delete(path);
    if (status === undefined) return inner(request, response);
    request.resume().on('end', () => response.writeHead(status).end(status === 412 ? conflict : ''));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
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

function isCreation({ method, headers }: IncomingMessage): boolean {
  return method === 'PUT' && headers['if-none-match'] === '*';
}
