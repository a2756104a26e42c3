/**
 * A server that refuses what is too much: `node limiting-server.ts RATE BURST STATUS RETRY_AFTER`. It answers RATE requests
 * a second with a small file, BURST more after a rest, and all others with the status (503 or 429), with `Retry-After`
 * where that is not 0. Prints its port, and on SIGTERM how many it refused.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const [rate = 20, burst = 2, status = 503, retryAfter = 0] = process.argv.slice(2).map(Number);
let tokens = burst;
let at = performance.now();
let refused = 0;

const server = createServer((_request, response) => {
  const now = performance.now();
  tokens = Math.min(burst, tokens + ((now - at) / 1_000) * rate);
  at = now;
  if (tokens >= 1) {
    tokens -= 1;
    response.end('hello');
    return;
  }
  refused += 1;
  response.writeHead(status, retryAfter > 0 ? { 'retry-after': String(retryAfter) } : {}).end();
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
process.on('SIGTERM', () => process.stdout.write(`${refused}\n`, () => process.exit()));
