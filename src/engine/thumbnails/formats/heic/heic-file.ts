import { ItemError } from '../../../../shared/failure.ts';
import {
  type Address,
  dropLibheif,
  type Libheif,
  LibheifError,
  returnLibheif,
  takeLibheif,
} from './libheif.ts';

/** Where libheif's limits stand in `heif_security_limits`, those that real files exceed, and what is granted instead. */
const limits = {
  /** Tiles of a large picture, and their properties: 48 megapixels are 192 tiles, panoramas have thousands. */
  items: { at: 28, most: 20_000 },
  childrenOfABox: { at: 60, most: 20_000 },
} as const;
/** Where `heif_security_limits` has the most pixels of a picture, in 64 bits. */
const mostPixelsAt = 8;

/** Where `heif_decoding_options` says that damage is an error, instead of a grey area. */
const strictDecodingAt = 21;

/** A file that libheif has read. What it hands out beside is freed by `close`, too. */
export class HeicFile {
  readonly libheif: Libheif;
  readonly context: Address;
  /** `heif_decoding_options`. */
  readonly options: Address;
  readonly #bytes: Address;
  readonly #length: number;
  readonly #limits: Address;
  readonly #handles = new Set<Address>();
  readonly #tracks = new Set<Address>();
  #isOpen = true;

  constructor(bytes: Uint8Array) {
    this.libheif = takeLibheif();
    const { functions } = this.libheif;
    this.#bytes = this.libheif.allocate(bytes.length);
    functions.HEAPU8.set(bytes, this.#bytes);
    this.context = functions._heif_context_alloc();
    this.options = functions._heif_decoding_options_alloc();
    functions.HEAPU8[this.options + strictDecodingAt] = 1;
    this.#length = bytes.length;
    this.#limits = functions._heif_context_get_security_limits(this.context);
    for (const { at, most } of Object.values(limits)) this.#view.setUint32(this.#limits + at, most, true);
  }

  get #view(): DataView {
    return new DataView(this.libheif.functions.HEAPU8.buffer);
  }

  /** From now on libheif refuses what turns out to have more pixels, whatever the boxes said of it. */
  limitPixels(most: number): void {
    this.#view.setBigUint64(this.#limits + mostPixelsAt, BigInt(most), true);
  }

  /** Reads the boxes. @throws LibheifError */
  read(): void {
    const { functions } = this.libheif;
    this.libheif.attempt((error) =>
      functions._heif_context_read_from_memory_without_copy(
        error,
        this.context,
        this.#bytes,
        this.#length,
        0,
      ),
    );
  }

  /**
   * Works with libheif. What it throws without telling why leaves it in an unknown state: then nobody works with this
   * instance again, and its memory goes as a whole.
   */
  attempt<Value>(use: () => Value): Value {
    if (!this.#isOpen) throw new Error('Expected a picture that is open.');
    try {
      return use();
    } catch (error) {
      if (!(error instanceof LibheifError || error instanceof ItemError)) this.abandon();
      throw error;
    }
  }

  /** The same for pixels: damaged ones may have led the decoder astray, which would show in the next picture. */
  attemptPixels<Value>(use: () => Value): Value {
    try {
      return this.attempt(use);
    } catch (error) {
      this.abandon();
      throw error;
    }
  }

  /** Closes without freeing: the next picture gets another instance. */
  abandon(): void {
    this.#isOpen = false;
    dropLibheif(this.libheif);
  }

  /** A picture of the file. @throws LibheifError */
  handle(give: (error: Address, to: Address) => void): Address {
    const handle = this.libheif.obtain(give);
    this.#handles.add(handle);
    return handle;
  }

  /** The first moving picture of the file; `undefined` where there is none. */
  track(): Address | undefined {
    const { functions } = this.libheif;
    if (functions._heif_context_has_sequence(this.context) === 0) return undefined;
    const track = functions._heif_context_get_track(this.context, 0);
    if (track === 0) return undefined;
    this.#tracks.add(track);
    return track;
  }

  close(): void {
    if (!this.#isOpen) return;
    const { functions } = this.libheif;
    this.attempt(() => {
      for (const handle of this.#handles) functions._heif_image_handle_release(handle);
      for (const track of this.#tracks) functions._heif_track_release(track);
      functions._heif_decoding_options_free(this.options);
      functions._heif_context_free(this.context);
      functions._free(this.#bytes);
    });
    this.#isOpen = false;
    returnLibheif(this.libheif);
  }
}
