/** What the outcomes of a kernel's call mean, in words. Those of damage are whole sentences. */
const descriptions: Readonly<Record<string, string>> = {
  REFUSED_NOT_JPEG: 'it does not start as a JPEG file does',
  REFUSED_PROCESS: 'its coding process is neither sequential nor progressive DCT with Huffman coding',
  REFUSED_PRECISION: 'its samples do not have 8 bits',
  REFUSED_COMPONENTS: 'it has neither 1 nor 3 components',
  REFUSED_SAMPLING: 'its sampling factors are out of the ordinary',
  REFUSED_NO_LINES: 'its height is not in its header',
  REFUSED_SCANS: 'its scans are out of the ordinary',
  REFUSED_NO_TABLE: 'it leaves out its Huffman tables',
  REFUSED_TARGET: 'the thumbnail asked for is out of range',
  REFUSED_MEMORY: 'it would take too much memory',
  REFUSED_OUTPUT_SIZE: 'the thumbnail came out too large',
  TRUNCATED: 'The file ends before its image does.',
  CORRUPT_MARKER: 'A marker segment is damaged.',
  CORRUPT_QUANTISATION_TABLE: 'A quantisation table is damaged or missing.',
  CORRUPT_HUFFMAN_TABLE: 'A Huffman table is damaged or missing.',
  CORRUPT_FRAME: 'The frame header is damaged.',
  CORRUPT_SCAN: 'A scan header is damaged.',
  CORRUPT_CODE: 'The image data is damaged.',
  CORRUPT_RESTART: 'The image data is damaged: a part of it is missing.',
  CORRUPT_EXTRA_DATA: 'The image data is damaged: there is more of it than the image takes.',
  HARMLESS_JUNK: 'The file is damaged, but no pixel is lost: there are stray bytes between its segments.',
  HARMLESS_EXTRA_DATA:
    'The file is damaged, but no pixel is lost: there are stray bytes after its image data.',
  HARMLESS_NO_END: 'The file is damaged, but no pixel is lost: its end marker is missing.',
  HARMLESS_RESTART: 'The file is damaged, but no pixel is lost: its restart markers have wrong numbers.',
  HARMLESS_SCAN: 'The file is damaged, but no pixel is lost: a scan header has odd values.',
};

/** @param name one of assembly/format/outcome.ts. */
export function sentenceFor(name: string): string {
  return descriptions[name] ?? name;
}
