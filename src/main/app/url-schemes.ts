import { protocol } from 'electron';
import type { ThumbRegistry } from '../images/thumb-registry.ts';
import { answerAppFile } from './app-files.ts';

/** With a scheme of its own the page has an origin. With `file://` it would share one with every other file. */
export const appOrigin = 'app://shoal';

/** Must run before the app is ready. */
export function declareSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    { scheme: 'thumb', privileges: { standard: true, secure: true } },
  ]);
}

export function answerSchemes(rendererFolder: string, thumbs: ThumbRegistry, language: () => string): void {
  protocol.handle('app', (request) => answerAppFile(rendererFolder, request.url, language()));
  protocol.handle('thumb', (request) => thumbs.answer(request.url));
}
