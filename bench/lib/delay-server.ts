/**
 * A file server that answers after a delay: `node delay-server.ts --port N --delay 50 --size 40960`, with
 * `--host 0.0.0.0` as each of 127.0.0.1 to 127.255.255.254. Written
 * on bare sockets so that it takes little of the machine it shares with what is measured. Prints a line when
 * it listens. Every path has the same bytes, or, with `--folder`, those of the file of that name.
 */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    delay: { type: 'string', default: '0' },
    size: { type: 'string', default: '40960' },
    folder: { type: 'string' },
    host: { type: 'string', default: '127.0.0.1' },
  },
});
const delay = Number(values.delay);
const answerOf = (body: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`HTTP/1.1 200 OK\r\ncontent-type: image/jpeg\r\ncontent-length: ${body.length}\r\n\r\n`),
    body,
  ]);
const common = answerOf(randomBytes(Number(values.size)));
const files = new Map<string, Buffer>();
if (values.folder !== undefined) {
  for (const name of readdirSync(values.folder))
    files.set(name, answerOf(readFileSync(join(values.folder, name))));
}
const end = Buffer.from('\r\n\r\n');

const server = createServer({ noDelay: true }, (socket) => {
  let rest = Buffer.alloc(0);
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let at = rest.indexOf(end); at !== -1; at = rest.indexOf(end)) {
      const name = files.size > 0 ? rest.toString('latin1', 'GET /'.length, rest.indexOf(' ', 5)) : '';
      const answer = files.get(name) ?? common;
      rest = rest.subarray(at + end.length);
      if (delay > 0) setTimeout(() => socket.write(answer), delay);
      else socket.write(answer);
    }
  });
});
server.listen({ port: Number(values.port), host: values.host, backlog: 4096 }, () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
});
process.on('SIGTERM', () => process.exit());
