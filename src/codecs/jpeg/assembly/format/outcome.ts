/**
 * How a call ended. The wrapper reads these names from the module's exports, so that a code means the same on both
 * sides. REFUSED_*: the image goes to sharp. TRUNCATED and CORRUPT_*: pixels are missing or doubtful. HARMLESS_*:
 * never how a call ends, only what `warning` tells; the file is damaged, but all its pixels are there.
 */
export enum Outcome {
  OK,
  REFUSED_NOT_JPEG,
  REFUSED_PROCESS,
  REFUSED_PRECISION,
  REFUSED_COMPONENTS,
  REFUSED_SAMPLING,
  REFUSED_NO_LINES,
  REFUSED_SCANS,
  REFUSED_NO_TABLE,
  REFUSED_TARGET,
  REFUSED_MEMORY,
  REFUSED_OUTPUT_SIZE,
  TRUNCATED,
  CORRUPT_MARKER,
  CORRUPT_QUANTISATION_TABLE,
  CORRUPT_HUFFMAN_TABLE,
  CORRUPT_FRAME,
  CORRUPT_SCAN,
  CORRUPT_CODE,
  CORRUPT_RESTART,
  CORRUPT_EXTRA_DATA,
  HARMLESS_JUNK,
  HARMLESS_EXTRA_DATA,
  HARMLESS_NO_END,
  HARMLESS_RESTART,
  HARMLESS_SCAN,
}
