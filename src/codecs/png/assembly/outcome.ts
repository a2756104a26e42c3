/**
 * How a call ended. The wrapper reads these names from the module's exports, so that a code means the same on both
 * sides.
 */
export enum Outcome {
  OK,
  REFUSED_IMAGE,
  REFUSED_TARGET,
  REFUSED_MEMORY,
  /** A filter type that does not exist in filter method 0. */
  DAMAGED_FILTER_TYPE,
}
