/** After so many deaths in a row without a result, whoever takes the bucket works on one item at a time and notes which. */
export const deathsBeforeCare = 3;
/** After so many nobody takes the bucket any more: what kills workers there is to end with the bucket, not with the last worker. */
export const mostDeaths = 10;

/** What became of the owner before. */
export interface FormerOwner {
  /** As it began. */
  readonly deaths: number;
  /** Whether it committed anything beside the failures that it began with. */
  readonly hasProgressed: boolean;
  /** Whether its process went on: it was told to end, lost its lease or failed, and said so. */
  readonly hasLeft: boolean;
  readonly isForgiven: boolean;
}

/** How many owners in a row died without a result, by what became of the last one. */
export function deathsAfter({ deaths, hasProgressed, hasLeft, isForgiven }: FormerOwner): number {
  if (isForgiven) return 0;
  // Who was careful has come behind one item that kills: there may be more of them.
  if (hasProgressed) return deaths >= deathsBeforeCare ? deathsBeforeCare : 0;
  return hasLeft ? deaths : deaths + 1;
}

export function isWithCare({ deaths = 0 }: { readonly deaths?: number | undefined }): boolean {
  return deaths >= deathsBeforeCare;
}

/** Nobody works on a bucket any more that its workers died of. Trying again needs a person to say so. */
export class BucketGivenUp extends Error {
  override readonly name = 'BucketGivenUp';
}

/** What was in flight in a worker that takes care: told before each item begins. */
export interface Begun {
  readonly inputs: readonly string[];
  /** The number of the first part that may have results of them. */
  readonly since: number;
}

/** Those that have no result: what the worker died of. */
export function suspectsOf({ inputs }: Begun, results: readonly { readonly input: string }[]): string[] {
  const suspects = [...inputs];
  for (const { input } of results) {
    const at = suspects.indexOf(input);
    if (at !== -1) suspects.splice(at, 1);
  }
  return suspects;
}
