/** Makes thumbnails with a pool of either build of sharp and tells, as JSON, how that went. See ../check-glib.ts. */
import { existsSync, readFileSync } from 'node:fs';
import { Engine } from '../../src/engine/index.ts';
import { thumbnailRequestSchema } from '../../src/shared/requests.ts';

const [build, images = '', outputFolder] = process.argv.slice(2);
// Imported only where it is wanted: it loads the native build into this process.
if (!existsSync(images)) await (await import('./make-images.ts')).makeImages(images);
await using engine = new Engine({ wasmSharp: build === 'wasm' });
const failures: string[] = [];
const { done } = await engine.time(
  thumbnailRequestSchema.parse({ kind: 'thumbnails', paths: [images], recipe: {}, outputFolder }),
  { poolSize: 2, onResult: ({ error }) => error && failures.push(error.message) },
);
const nativeLoaded = /sharp-linux[^/]*\.node/.test(readFileSync('/proc/self/maps', 'utf8'));
console.log(JSON.stringify({ done, failures, nativeLoaded }));
