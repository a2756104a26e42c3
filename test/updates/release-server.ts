import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Request {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** What is answered to a path: a body, a place to go to, a body that breaks off, or an error. */
type Answer =
  | string
  | { readonly location: string }
  | { readonly cutAfter: number }
  | { readonly status: number };

export interface ReleaseServer {
  readonly url: string;
  readonly requests: Request[];
  /** Says something else than the release to one path, until told otherwise. */
  answer(path: string, answer: Answer): void;
  /** Publishes a version for this system. What is given replaces lines of its feed. */
  publish(version: string, program: string, feed?: Readonly<Record<string, string>>): void;
  close(): Promise<void>;
}

export const feedPath = '/latest-linux.yml';
export const programPath = (version: string) => `/Shoal-${version}.AppImage`;

/** A server that hands out releases as electron-builder writes them. */
export async function startReleaseServer(): Promise<ReleaseServer> {
  const requests: Request[] = [];
  const files = new Map<string, string>();
  const answers = new Map<string, Answer>();
  const server = createServer((request, response) => {
    const [path = ''] = (request.url ?? '').split('?', 1);
    requests.push({ path, headers: request.headers });
    const answer = answers.get(path) ?? files.get(path) ?? { status: 404 };
    if (typeof answer === 'string') response.end(answer);
    else if ('location' in answer) response.writeHead(302, { location: answer.location }).end();
    else if ('status' in answer) response.writeHead(answer.status).end();
    else {
      const whole = files.get(path) ?? '';
      response.writeHead(200, { 'content-length': Buffer.byteLength(whole) });
      response.write(whole.slice(0, answer.cutAfter), () => response.destroy());
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    answer: (path, answer) => answers.set(path, answer),
    publish(version, program, feed = {}) {
      answers.clear();
      const sha512 = createHash('sha512').update(program).digest('base64');
      const lines = {
        version,
        files: `\n  - url: ${programPath(version).slice(1)}\n    sha512: ${sha512}\n    size: ${Buffer.byteLength(program)}`,
        path: programPath(version).slice(1),
        sha512,
        releaseDate: "'2026-11-30T00:00:00.000Z'",
        ...feed,
      };
      files.set(programPath(version), program);
      files.set(
        feedPath,
        Object.entries(lines)
          .map(([key, value]) => `${key}: ${value}\n`)
          .join(''),
      );
    },
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
