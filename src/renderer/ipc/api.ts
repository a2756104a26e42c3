import type { EventOf, Reply, RequestArguments, ResponseOf } from '../../shared/ipc/contract.ts';
import type { Registration } from '../../shared/ipc/inputs.ts';
import type { EventName, PageRequestName } from '../../shared/ipc/names.ts';
import { visibleText } from '../../shared/visible-text.ts';
import { visibleWithin } from '../lib/visible-within.ts';

/** Main could not do what was asked; `code` is for deciding, `message` for showing. */
class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Their texts are a person's own, and go back to main as they came. */
const asTheyAre: ReadonlySet<PageRequestName> = new Set(['settings:get', 'settings:set']);

/** Asks main. The only file of the page that touches `window.api`: all it is told is for the eye, and made so here. */
export async function request<Name extends PageRequestName>(
  name: Name,
  ...[payload]: RequestArguments<Name>
): Promise<ResponseOf<Name>> {
  // RequestArguments is [] exactly where the request is undefined, which the compiler cannot relate.
  const reply = await window.api.request(name, payload as Parameters<typeof window.api.request<Name>>[1]);
  return asTheyAre.has(name) ? unwrapped(reply) : visibleWithin(unwrapped(reply));
}

/** Files of a drop or a paste: main gives them ids, and their paths stay out of the page. */
export async function registerFiles(files: readonly File[]): Promise<Registration> {
  if (files.length === 0) return { inputs: [], refused: [] };
  return visibleWithin(unwrapped(await window.api.registerFiles(files)));
}

export function listen<Name extends EventName>(
  name: Name,
  listener: (event: EventOf<Name>) => void,
): () => void {
  return window.api.on(name, (event) => listener(visibleWithin(event)));
}

function unwrapped<Value>(reply: Reply<Value>): Value {
  if (reply.ok) return reply.value;
  throw new RequestError(reply.error.code, visibleText(reply.error.message));
}
