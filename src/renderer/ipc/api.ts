import type { EventOf, Reply, RequestArguments, ResponseOf } from '../../shared/ipc/contract.ts';
import type { Registration } from '../../shared/ipc/inputs.ts';
import type { EventName, PageRequestName } from '../../shared/ipc/names.ts';
import { visibleText } from '../../shared/visible-text.ts';
import { visibleWithin } from '../lib/visible-within.ts';

/** A request that main could not do. `code` is for decisions, `message` for display. */
class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Requests whose texts are a person's own and must go back to main unchanged. */
const asTheyAre: ReadonlySet<PageRequestName> = new Set([
  ...(['settings:get', 'settings:set'] as const),
  ...(['presets:list', 'presets:save', 'presets:remove', 'presets:of-folder'] as const),
]);

/**
 * Asks main. The only file of the page that uses `window.api`: replies are for display, so texts are made visible here.
 */
export async function request<Name extends PageRequestName>(
  name: Name,
  ...[payload]: RequestArguments<Name>
): Promise<ResponseOf<Name>> {
  // RequestArguments is [] exactly if the request is undefined, but the compiler cannot relate the two.
  const reply = await window.api.request(name, payload as Parameters<typeof window.api.request<Name>>[1]);
  return asTheyAre.has(name) ? unwrapped(reply) : visibleWithin(unwrapped(reply));
}

/** Registers the files of a drop or a paste: main gives them ids, and the page never sees their paths. */
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
