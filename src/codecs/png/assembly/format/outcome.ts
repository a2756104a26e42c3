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
  /** The zlib datastream: its header, its blocks, or its end. */
  DAMAGED_DATASTREAM,
  /** It is whole, but inflates to another length, */
  DAMAGED_LENGTH,
  /** or to other bytes than its checksum tells. */
  DAMAGED_CHECKSUM,
}
