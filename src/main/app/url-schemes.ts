import { protocol } from 'electron';
import type { ThumbRegistry } from '../images/thumb-registry.ts';
import { answerAppFile } from './app-files.ts';

/** A page of its own scheme has an origin, unlike `file://`, where every file is everybody's neighbour. */
export const appOrigin = 'app://shoal';

/** Must run before the app is ready. */
export function declareSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    { scheme: 'thumb', privileges: { standard: true, secure: true } },
  ]);
}

export function answerSchemes(rendererFolder: string, thumbs: ThumbRegistry): void {
  protocol.handle('app', (request) => answerAppFile(rendererFolder, request.url));
  protocol.handle('thumb', (request) => thumbs.answer(request.url));
}
