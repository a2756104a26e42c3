import type { IncomingHttpHeaders } from 'node:http';
import type { StageWatch, TransferStage } from '../../../shared/stages.ts';

/** An answer's status and headers; names are in lower case. */
export interface Head {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

/** Receives one answer's head and body as they arrive. */
export interface Receiver {
  /**
   * Called with the head. May throw, which ends the exchange.
   * @returns the time limit for the whole body, in milliseconds; when it is over, the exchange ends successfully
   * without the rest. `undefined` for no limit.
   */
  head(head: Head): number | undefined;
  /**
   * Called with each chunk. Its memory is reused by the caller, so bytes to keep must be copied. May throw.
   * @returns how long to pause reading, in milliseconds: 0 continues at once.
   */
  data(chunk: Buffer): number;
}

/** Times the stages of one item's attempt. */
export type TransferWatch = StageWatch<TransferStage>;

export interface ExchangeRequest {
  readonly url: URL;
  /** Names, in lower case, and values in turn. */
  readonly headers: readonly string[];
  readonly timeoutMs: number;
  /** Whether to close the connection afterwards. */
  readonly last: boolean;
  /** The signal of the whole run: the same for every request of a transport. */
  readonly signal: AbortSignal;
  /** Is told when a connection of its own is made. */
  readonly watch?: TransferWatch | undefined;
}

/** Makes HTTP requests. */
export interface Transport {
  /** Resolves when the body has been received completely, and otherwise rejects with an AttemptError. */
  exchange(request: ExchangeRequest, receiver: Receiver): Promise<void>;
  destroy(): Promise<void>;
}

/** Thrown by a receiver that needs no more: the exchange ends successfully, and the rest is not read. */
export const enough = new Error('Enough of this answer has been read.');
