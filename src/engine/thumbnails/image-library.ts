/** The library for the images that our own codecs do not make. */
export interface ImageLibrary {
  readonly version: string;
  readonly libvips: string;
  /** The native build, or the slower one that runs everywhere. */
  readonly build: 'native' | 'WebAssembly';
  /** Formats by libvips' names that it can read, and write. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

/**
 * What sharp says of itself.
 * @throws if it cannot be loaded: its message says what is missing.
 */
export async function imageLibrary(): Promise<ImageLibrary> {
  const { default: sharp } = await import('sharp');
  const formats = Object.values(sharp.format);
  const named = (able: (format: (typeof formats)[number]) => boolean) =>
    formats
      .filter(able)
      .map(({ id }) => id)
      .toSorted();
  const { sharp: version = 'unknown', vips = 'unknown', emscripten } = sharp.versions as Versions;
  return {
    version,
    libvips: vips,
    build: emscripten === undefined ? 'native' : 'WebAssembly',
    reads: named(({ input }) => input.file),
    writes: named(({ output }) => output.file),
  };
}

/** Only the WebAssembly build tells of its compiler. */
type Versions = Readonly<Partial<Record<string, string>>>;
