import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import loadLibheif from 'libheif-js/libheif-wasm/libheif.js';
import { compileModule, optionsFor } from '../../../../codecs/common/emscripten.ts';

/** An address in libheif's memory: of an object that it has handed out, or of bytes. 0: none. */
export type Address = number;
/** Where a function writes its `heif_error`. */
type Outcome = Address;

/** libheif's C functions, as far as they are used here. Those that may fail write a `heif_error` first. */
export interface LibheifFunctions {
  readonly HEAPU8: Uint8Array<ArrayBuffer>;
  _malloc(bytes: number): Address;
  _free(at: Address): void;
  _heif_context_alloc(): Address;
  _heif_context_free(context: Address): void;
  _heif_context_get_security_limits(context: Address): Address;
  _heif_context_read_from_memory_without_copy(
    error: Outcome,
    context: Address,
    bytes: Address,
    length: number,
    options: 0,
  ): void;
  _heif_context_get_primary_image_ID(error: Outcome, context: Address, to: Address): void;
  _heif_context_get_image_handle(error: Outcome, context: Address, id: number, to: Address): void;
  _heif_context_has_sequence(context: Address): number;
  _heif_context_get_track(context: Address, id: 0): Address;
  _heif_track_release(track: Address): void;
  _heif_track_get_image_resolution(error: Outcome, track: Address, width: Address, height: Address): void;
  _heif_track_decode_next_image(
    error: Outcome,
    track: Address,
    to: Address,
    colours: number,
    chroma: number,
    options: Address,
  ): void;
  _heif_item_get_item_type(context: Address, item: number): number;
  _heif_item_get_transformation_properties(context: Address, item: number, to: Address, most: number): number;
  _heif_item_get_property_type(context: Address, item: number, property: number): number;
  _heif_item_get_property_transform_mirror(context: Address, item: number, property: number): number;
  _heif_item_get_property_transform_rotation_ccw(context: Address, item: number, property: number): number;
  _heif_image_handle_release(handle: Address): void;
  _heif_image_handle_get_item_id(handle: Address): number;
  _heif_image_handle_get_width(handle: Address): number;
  _heif_image_handle_get_height(handle: Address): number;
  _heif_image_handle_has_alpha_channel(handle: Address): number;
  _heif_image_handle_is_premultiplied_alpha(handle: Address): number;
  _heif_image_handle_get_preferred_decoding_colorspace(
    error: Outcome,
    handle: Address,
    colours: Address,
    chroma: Address,
  ): void;
  _heif_image_handle_get_list_of_thumbnail_IDs(handle: Address, to: Address, most: number): number;
  _heif_image_handle_get_thumbnail(error: Outcome, handle: Address, id: number, to: Address): void;
  _heif_image_handle_get_raw_color_profile_size(handle: Address): number;
  _heif_image_handle_get_raw_color_profile(error: Outcome, handle: Address, to: Address): void;
  _heif_image_handle_get_nclx_color_profile(error: Outcome, handle: Address, to: Address): void;
  _heif_image_handle_get_list_of_metadata_block_IDs(
    handle: Address,
    type: 0,
    to: Address,
    most: number,
  ): number;
  _heif_image_handle_get_metadata_type(handle: Address, id: number): Address;
  _heif_image_handle_get_metadata_content_type(handle: Address, id: number): Address;
  _heif_image_handle_get_metadata_size(handle: Address, id: number): number;
  _heif_image_handle_get_metadata(error: Outcome, handle: Address, id: number, to: Address): void;
  _heif_decoding_options_alloc(): Address;
  _heif_decoding_options_free(options: Address): void;
  _heif_decode_image(
    error: Outcome,
    handle: Address,
    to: Address,
    colours: number,
    chroma: number,
    options: Address,
  ): void;
  _heif_image_release(image: Address): void;
  _heif_image_get_colorspace(image: Address): number;
  _heif_image_get_width(image: Address, channel: number): number;
  _heif_image_get_height(image: Address, channel: number): number;
  _heif_image_has_channel(image: Address, channel: number): number;
  _heif_image_get_bits_per_pixel_range(image: Address, channel: number): number;
  _heif_image_get_plane_readonly2(image: Address, channel: number, stride: Address): Address;
  _heif_image_get_nclx_color_profile(error: Outcome, image: Address, to: Address): void;
  _heif_nclx_color_profile_free(profile: Address): void;
}

/** What libheif says of a picture that it cannot read. */
export class LibheifError extends Error {
  /** `heif_error_code` and `heif_suberror_code`. */
  readonly code: number;
  readonly detail: number;

  constructor(code: number, detail: number, message: string) {
    super(message);
    this.name = 'LibheifError';
    this.code = code;
    this.detail = detail;
  }
}

const require = createRequire(import.meta.url);
/** For what functions write besides what they return: `heif_error` in front, and a list of at most so many numbers. */
const mostNumbers = 256;
const errorBytes = 12;

/** An instance of libheif with memory of its own. */
export class Libheif {
  readonly functions: LibheifFunctions;
  readonly #error: Address;
  /** Where a function puts what it is asked for. */
  readonly out: Address;

  constructor(compiled: object) {
    // Its types are those of a build with more functions.
    const load = loadLibheif as unknown as (options: object) => LibheifFunctions;
    this.functions = load(optionsFor(compiled));
    this.#error = this.allocate(errorBytes + 4 * mostNumbers);
    this.out = this.#error + errorBytes;
  }

  /** The bytes of its memory that are in use, or have been. */
  get size(): number {
    return this.functions.HEAPU8.length;
  }

  /** Calls a function that tells how it ended. @throws LibheifError */
  attempt(call: (error: Outcome) => void): void {
    call(this.#error);
    const code = this.number(this.#error);
    if (code === 0) return;
    throw new LibheifError(code, this.number(this.#error + 4), this.text(this.number(this.#error + 8)));
  }

  /** Calls a function that hands out an object. @throws LibheifError */
  obtain(call: (error: Outcome, to: Address) => void): Address {
    this.attempt((error) => call(error, this.out));
    return this.number(this.out);
  }

  /** Calls a function that lists numbers. */
  list(call: (to: Address, most: number) => number): number[] {
    const count = Math.min(mostNumbers, call(this.out, mostNumbers));
    return Array.from({ length: Math.max(0, count) }, (_, i) => this.number(this.out + 4 * i));
  }

  /** Copies what a function writes. @throws LibheifError */
  copy(length: number, call: (error: Outcome, to: Address) => void): Uint8Array<ArrayBuffer> {
    const at = this.allocate(length);
    try {
      this.attempt((error) => call(error, at));
      return this.functions.HEAPU8.slice(at, at + length);
    } finally {
      this.functions._free(at);
    }
  }

  /** @throws Error if there is no memory for it. */
  allocate(bytes: number): Address {
    const at = this.functions._malloc(Math.max(1, bytes));
    if (at === 0) throw new Error(`libheif: failed to allocate ${bytes} bytes`);
    return at;
  }

  number(at: Address): number {
    return new DataView(this.functions.HEAPU8.buffer).getInt32(at, true);
  }

  text(at: Address): string {
    if (at === 0) return '';
    const { HEAPU8 } = this.functions;
    return Buffer.from(HEAPU8.subarray(at, HEAPU8.indexOf(0, at))).toString();
  }
}

/** An instance that has more memory than this after a picture is not used again: its memory never shrinks. */
const keepUpToBytes = 96 * 1024 * 1024;

let compiled: object | undefined;
let kept: Libheif | undefined;

/**
 * The thread's libheif. It is a file of its own, of the package `libheif-js`, and loaded as it is, so that it can be
 * replaced; see docs/adr/0078.
 */
export function takeLibheif(): Libheif {
  compiled ??= compileModule(readFileSync(require.resolve('libheif-js/libheif-wasm/libheif.wasm')));
  kept ??= new Libheif(compiled);
  return kept;
}

/** What has failed in a way that it does not tell is in an unknown state: the next picture starts with a new one. */
export function dropLibheif(used: Libheif): void {
  if (kept === used) kept = undefined;
}

/** Called when a picture has been freed. */
export function returnLibheif(used: Libheif): void {
  if (used.size > keepUpToBytes) dropLibheif(used);
}
