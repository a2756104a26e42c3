/**
 * A server that serves so many at once, each for so many milliseconds: `node serving-server.ts AT_ONCE MS`. Further requests
 * wait for their turn. Prints its port.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const [atOnce = 24, ms = 50] = process.argv.slice(2).map(Number);
const body = Buffer.alloc(8 * 1024, 'x');
const waiting: ServerResponse[] = [];
let serving = 0;

function serve(response: ServerResponse): void {
  serving += 1;
  setTimeout(() => {
    response.end(body);
    serving -= 1;
    const next = waiting.shift();
    if (next) serve(next);
  }, ms);
}

const server = createServer((_request, response) => {
  if (serving < atOnce) serve(response);
  else waiting.push(response);
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
