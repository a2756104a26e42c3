/** What a run is expected to come to, before it begins. */
export interface Forecast {
  /** How many items it will do. */
  readonly items: number;
  /** How long it will take, in seconds, start included. */
  readonly seconds: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** How many of the items will probably fail. */
  readonly failures: number;
  /** What the forecast is made from: items that were tried, or former runs with the same hosts. */
  readonly from:
    | { readonly kind: 'sample'; readonly items: number }
    | { readonly kind: 'runs'; readonly runs: number; readonly items: number };
}
