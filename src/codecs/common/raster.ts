/** Pixels of eight bits a sample, rows from the top, without padding. */
export interface Raster {
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA. Alpha is not multiplied into the colours. */
  readonly channels: 1 | 2 | 3 | 4;
  readonly width: number;
  readonly height: number;
}

/** What a codec has scaled down. */
export interface SmallRaster extends Raster {
  /** The mean of its pixels, as 0xRRGGBB: what is transparent counts as little as it shows. */
  readonly colour: number;
}
