import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { sampleJpeg } from '../../test/images/sample-images.ts';
import { needs } from '../../test/needs.ts';
import { type Ended, ended, repositoryRoot, shoalBin } from '../../test/run-shoal.ts';
import { routes, startServer, type TestServer, text } from '../../test/servers/test-server.ts';
import { tempFolder, writeFiles } from '../../test/temp-folder.ts';

const photo = sharp(await sampleJpeg(3, 320, 200));
const veil = await photo.clone().toColourspace('b-w').png().toBuffer();
const small = await sampleJpeg(1, 64, 48);

/** What the examples of thumbnails are made of. */
const photos = {
  'photos/a.jpg': await photo.clone().jpeg().toBuffer(),
  'photos/b.png': await photo.clone().joinChannel(veil).png().toBuffer(),
  'photos/c.webp': await photo.clone().webp().toBuffer(),
  'photos/d.gif': await photo.clone().gif().toBuffer(),
};

const image = (_: unknown, response: import('node:http').ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'image/jpeg' }).end(small);
};
const page = '<img src="/one.jpg"><a href="/two.jpg">two</a>';
const sitemap = '<urlset><url><loc>https://example.com/gallery/</loc></url></urlset>';

/** For lines of the pages that ask JSON. */
export const withJq = needs('jq', spawnSync('jq', ['--version']).status === 0);
/** Lines of the pages are for a shell, with what systems like Unix have beside it. */
export const withShell = needs('a shell', process.platform !== 'win32');

/** Stands for `https://example.com` of the pages. */
export function startExampleHost(): Promise<TestServer> {
  return startServer((request, response) => {
    const host = `http://${request.headers.host}`;
    routes({
      '/gallery/': text(page, { 'content-type': 'text/html' }),
      '/sitemap.xml': text(sitemap.replaceAll('https://example.com', host), { 'content-type': 'text/xml' }),
      '/robots.txt': text('User-agent: *\nAllow: /\n', { 'content-type': 'text/plain' }),
      '/page.html': text('<p>Hello</p>', { 'content-type': 'text/html' }),
      '/*': image,
    })(request, response);
  });
}

/** A folder with all that the examples of the pages are about, and a shell in it that knows `shoal`. */
export class ExampleFolder {
  readonly path = tempFolder();
  readonly #host: TestServer;
  readonly #env: NodeJS.ProcessEnv;

  constructor(host: TestServer) {
    this.#host = host;
    const bin = tempFolder();
    symlinkSync(shoalBin, join(bin, 'shoal'));
    this.#env = {
      ...process.env,
      PATH: [bin, dirname(process.execPath), process.env.PATH].join(delimiter),
      SHOAL_STATE_DIR: tempFolder(),
      SHOAL_CONFIG_DIR: tempFolder(),
      SHOAL_PASSWORD: 'secret',
      NO_COLOR: '1',
    };
    // As in a project that has it among its packages.
    mkdirSync(join(this.path, 'node_modules'));
    symlinkSync(repositoryRoot, join(this.path, 'node_modules/shoal'), 'junction');
    this.write({ ...photos, ...lists(), ...texts });
  }

  /** Writes files, with what stands for the host of the pages in place of it. */
  write(files: Readonly<Record<string, string | Uint8Array>>): void {
    const local = Object.entries(files).map(([name, content]) => [name, this.#localized(content)]);
    writeFiles(this.path, Object.fromEntries(local));
  }

  /** Runs a line, or several, by a shell: quotes and comments are those of the page. */
  shell(lines: string): Promise<Ended> {
    return this.#run('sh', '-ec', this.#localized(lines));
  }

  node(file: string): Promise<Ended> {
    return this.#run(process.execPath, file);
  }

  #run(command: string, ...args: string[]): Promise<Ended> {
    const stdio = ['ignore', 'pipe', 'pipe'] as const;
    return ended(spawn(command, args, { cwd: this.path, env: this.#env, stdio: [...stdio] }));
  }

  #localized<Content extends string | Uint8Array>(content: Content): Content | string {
    if (typeof content !== 'string') return content;
    return content.replaceAll('https://example.com', this.#host.origin);
  }
}

function lists(): Record<string, string | Uint8Array> {
  const urls = ['https://example.com/one.jpg', 'https://example.com/two.jpg'];
  const asLines = `${urls.join('\n')}\n`;
  const failed = {
    type: 'result',
    input: urls[0],
    status: 'failed',
    error: { code: 'HTTP_404', message: '' },
  };
  return {
    'urls.txt': asLines,
    'signed-urls.txt': urls.map((url) => `${url}?token=1\n`).join(''),
    'links.md': `[one](${urls[0]})\n`,
    'urls.csv': `url,name\n${urls[0]},first.jpg\n`,
    'urls.jsonl': urls.map((url) => `${JSON.stringify({ url })}\n`).join(''),
    'urls.json': JSON.stringify(urls),
    'pages.txt': 'https://example.com/gallery/\n',
    'cat.url': `[InternetShortcut]\r\nURL=${urls[0]}\r\n`,
    'report.ndjson': `${JSON.stringify(failed)}\n`,
    'cookies.txt': '# Netscape HTTP Cookie File\nexample.com\tFALSE\t/\tFALSE\t0\tname\tvalue\n',
    'hosts.json': JSON.stringify({ '*': { perHost: 4 } }),
  };
}

const texts = {
  'people.csv': 'name,born\nAda,1815\nGrace,1906\n',
  'big.txt': Array.from({ length: 100_000 }, (_, n) => `${n}\n`).join(''),
  'a.log': 'one\ntwo\nthree',
  'b.log': 'one\n',
  'million.txt.gz': gzipSync(''),
};
