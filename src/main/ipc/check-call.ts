import {
  type CheckedRequestOf,
  type Handlers,
  type Reply,
  type ResponseOf,
  requests,
} from '../../shared/ipc/contract.ts';
import type { RequestName } from '../../shared/ipc/names.ts';

/** The parts of a frame that are checked: its address, and whether it is the top frame. */
export interface SenderFrame {
  readonly url: string;
  readonly parent: unknown;
}

/** Thrown at a caller that is not our page or breaks the contract. Nothing has been done. */
class RefusedCall extends Error {
  override readonly name = 'RefusedCall';
}

/** Accepts only the top frame of our window at the app's own origin. A frame that is gone is refused. */
export function checkSender(
  name: string,
  frame: SenderFrame | null,
  isOurWindow: boolean,
  origin: string,
): void {
  if (!isOurWindow) throw new RefusedCall(`Refused ${name}: it does not come from the app's window.`);
  if (frame === null) throw new RefusedCall(`Refused ${name}: the frame that sent it is gone.`);
  if (frame.parent !== null) throw new RefusedCall(`Refused ${name}: it comes from a frame inside the page.`);
  if (originOf(frame.url) !== origin) {
    throw new RefusedCall(`Refused ${name}: it comes from ${frame.url}, which is not the app.`);
  }
}

export function checkRequest<Name extends RequestName>(name: Name, payload: unknown): CheckedRequestOf<Name> {
  const parsed = requests[name].request.safeParse(payload);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue === undefined || issue.path.length === 0 ? 'its payload' : issue.path.join('.');
    throw new RefusedCall(`Refused ${name}: ${where}: ${issue?.message ?? 'does not fit the contract'}`);
  }
  // Indexed by Name, `requests` gives the right schema, but the compiler widens its output to the union of all outputs.
  return parsed.data as CheckedRequestOf<Name>;
}

/** Runs the handler. A failure is returned as data, because a rejection would lose everything but its message. */
export async function answer<Name extends RequestName>(
  handlers: Handlers,
  name: Name,
  request: CheckedRequestOf<Name>,
): Promise<Reply<ResponseOf<Name>>> {
  try {
    return { ok: true, value: await handlers[name](request) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNEXPECTED';
    return { ok: false, error: { code, message } };
  }
}

/** `URL.origin` is "null" for schemes that Node does not know, so the origin is put together here. */
function originOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, host } = new URL(address);
  return `${protocol}//${host}`;
}
