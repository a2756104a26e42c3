import { sampleJpeg } from '../images/sample-images.ts';
import { startServer, type TestServer } from './test-server.ts';

/** What it serves: 64 x 48 pixels. */
export const photo = await sampleJpeg(1, 64, 48);

/** Serves a photo everywhere, but where the path says what else: `gone`, `text`. */
export function startPhotos(): Promise<TestServer> {
  return startServer((request, response) => {
    const path = request.url ?? '';
    if (path.includes('gone')) response.writeHead(404).end();
    else if (path.includes('text')) response.writeHead(200, { 'content-type': 'text/plain' }).end('no image');
    else response.writeHead(200, { 'content-type': 'image/jpeg' }).end(photo);
  });
}
