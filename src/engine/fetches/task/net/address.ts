/** An address that a name has. */
export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}
