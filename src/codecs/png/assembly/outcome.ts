/** How a call ended. The wrapper reads these names from the module's exports, so that both sides mean the same. */
export enum Outcome {
  OK,
  REFUSED_IMAGE,
  REFUSED_TARGET,
  REFUSED_MEMORY,
  /** A filter type that filter method 0 does not have. */
  DAMAGED_FILTER_TYPE,
}
