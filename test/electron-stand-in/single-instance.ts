import { createHash } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One process a user-data folder; a second one hands over its arguments. */
export class SingleInstance {
  private readonly lock: string;
  private readonly socket: string;
  private server: Server | undefined;
  private handedOver: Promise<void> = Promise.resolve();

  constructor(userData: string) {
    this.lock = join(userData, 'stand-in.lock');
    // A socket's path may have about a hundred characters, which a user-data folder can exceed.
    const short = createHash('sha256').update(userData).digest('hex').slice(0, 16);
    this.socket =
      process.platform === 'win32' ? `\\\\.\\pipe\\shoal-${short}` : join(tmpdir(), `shoal-${short}.sock`);
  }

  acquire(onSecond: (argv: string[], cwd: string) => void): boolean {
    if (!this.takeLock()) {
      this.handedOver = new Promise((done) => {
        const first = connect(this.socket, () => {
          first.end(JSON.stringify({ argv: process.argv, cwd: process.cwd() }));
        });
        first.on('close', () => done()).on('error', () => done());
      });
      return false;
    }
    rmSync(this.socket, { force: true });
    this.server = createServer((second) => {
      let text = '';
      second.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      second.on('end', () => {
        const { argv, cwd } = JSON.parse(text) as { argv: string[]; cwd: string };
        second.end();
        onSecond(argv, cwd);
      });
    }).listen(this.socket);
    this.server.unref();
    return true;
  }

  async release(): Promise<void> {
    await this.handedOver;
    if (this.server === undefined) return;
    this.server.close();
    rmSync(this.lock, { force: true });
  }

  /** Linking is atomic: of two that start at once, one wins. A lock whose process is gone is nobody's. */
  private takeLock(): boolean {
    const mine = `${this.lock}.${process.pid}`;
    writeFileSync(mine, String(process.pid));
    try {
      for (let tries = 0; tries < 2; tries++) {
        try {
          linkSync(mine, this.lock);
          return true;
        } catch {
          if (isAlive(Number(readFileSync(this.lock, 'utf8')))) return false;
          rmSync(this.lock, { force: true });
        }
      }
      return false;
    } finally {
      rmSync(mine, { force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
