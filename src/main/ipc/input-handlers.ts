import { t } from '../../languages/translate.ts';
import type { Registration } from '../../shared/ipc/inputs.ts';
import type { UrlCount } from '../../shared/ipc/pasted-text.ts';
import type { InputRegistry } from '../inputs/input-registry.ts';
import type { InputHandlers } from './handlers.ts';

/** `takeOpened` returns, once, the inputs given by arguments or "open with" before the page could listen. */
export function inputHandlers(
  registry: InputRegistry,
  takeOpened: () => Promise<Registration>,
  count: (text: string, signal: AbortSignal) => Promise<UrlCount>,
): InputHandlers {
  let counting = new AbortController();
  return {
    'inputs:register': ({ paths }) => registry.registerPaths(paths),
    'inputs:register-text': async ({ text, origin }) => ({
      inputs: [registry.registerText(text, origin === 'paste' ? t('Pasted list') : t('Dropped list'))],
      refused: [],
    }),
    'inputs:count-text': async ({ text }) => {
      counting.abort();
      counting = new AbortController();
      return count(text, counting.signal);
    },
    'inputs:take-opened': takeOpened,
  };
}
