import { compactProfiles } from '../../src/codecs/common/compact-profile.ts';
import { avifWith } from '../../src/codecs/metadata/avif-metadata.ts';
import { jpegWith } from '../../src/codecs/metadata/jpeg-metadata.ts';
import type { Metadata } from '../../src/codecs/metadata/metadata.ts';
import { pngWith } from '../../src/codecs/metadata/png-metadata.ts';
import { tiffWith } from '../../src/codecs/metadata/tiff-metadata.ts';
import { webpWith } from '../../src/codecs/metadata/webp-metadata.ts';

const writers = { jpeg: jpegWith, png: pngWith, webp: webpWith, tiff: tiffWith, avif: avifWith };

/** The same file with metadata, written by our own writers. */
export function withMetadata(file: Uint8Array, format: keyof typeof writers, metadata: Metadata): Buffer {
  return Buffer.from(writers[format](file, metadata));
}

/** The same pixels, which then mean Display P3. */
export function profiled(file: Uint8Array, format: keyof typeof writers): Buffer {
  return withMetadata(file, format, { profile: compactProfiles.p3 });
}
