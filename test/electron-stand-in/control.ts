import type { StandIn } from './stand-in.ts';

/** How a test in another process reaches main, as Playwright's `electronApp.evaluate` does on real Electron. */
export type FromTest =
  | { readonly kind: 'evaluate'; readonly call: number; readonly source: string; readonly argument: unknown }
  | { readonly kind: 'quit' };
export type ToTest =
  | { readonly kind: 'ready'; readonly endpoint: string }
  | { readonly kind: 'value'; readonly call: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly call: number; readonly message: string };

export function listenToTests(standIn: StandIn, electron: object, endpoint: string): void {
  if (process.send === undefined) return;
  const tell = (message: ToTest) => process.send?.(message);
  process.on('message', (message: FromTest) => {
    if (message.kind === 'quit') return standIn.app.quit();
    const { call } = message;
    void (async () => {
      // Playwright, too, sends a function as its source.
      const run = new Function(`return (${message.source})`)() as (
        module: object,
        argument: unknown,
      ) => unknown;
      return run(electron, message.argument);
    })().then(
      (value) => tell({ kind: 'value', call, value }),
      (error: unknown) => tell({ kind: 'error', call, message: String(error) }),
    );
  });
  // A test that died leaves nothing behind.
  process.on('disconnect', () => standIn.app.quit());
  tell({ kind: 'ready', endpoint });
}
