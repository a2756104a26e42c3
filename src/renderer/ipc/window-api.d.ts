import type { WindowApi } from '../../shared/ipc/contract.ts';

declare global {
  interface Window {
    readonly api: WindowApi;
  }
}
