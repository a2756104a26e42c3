import type { EventOf, Reply, RequestArguments, ResponseOf } from '../../shared/ipc/contract.ts';
import type { Registration } from '../../shared/ipc/inputs.ts';
import type { EventName, PageRequestName } from '../../shared/ipc/names.ts';

/** Main could not do what was asked; `code` is for deciding, `message` for showing. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Asks main. The only file of the page that touches `window.api`. */
export async function request<Name extends PageRequestName>(
  name: Name,
  ...[payload]: RequestArguments<Name>
): Promise<ResponseOf<Name>> {
  // RequestArguments is [] exactly where the request is undefined, which the compiler cannot relate.
  return unwrapped(await window.api.request(name, payload as Parameters<typeof window.api.request<Name>>[1]));
}

/** Files of a drop or a paste: main gives them ids, and their paths stay out of the page. */
export async function registerFiles(files: readonly File[]): Promise<Registration> {
  if (files.length === 0) return { inputs: [], refused: [] };
  return unwrapped(await window.api.registerFiles(files));
}

export function listen<Name extends EventName>(
  name: Name,
  listener: (event: EventOf<Name>) => void,
): () => void {
  return window.api.on(name, listener);
}

function unwrapped<Value>(reply: Reply<Value>): Value {
  if (reply.ok) return reply.value;
  throw new RequestError(reply.error.code, reply.error.message);
}
