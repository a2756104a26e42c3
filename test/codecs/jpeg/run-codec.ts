import type { JpegCodec, JpegRequest, JpegResult, JpegTarget } from '../../../src/codecs/jpeg/jpeg-codec.ts';
import type { Fit } from '../../../src/shared/settings/choices.ts';

export function run(kernel: JpegCodec, jpeg: Uint8Array, request: Omit<JpegRequest, 'size'>): JpegResult {
  const input = kernel.input(jpeg.length);
  if (!input) return { status: 'refused', reason: 'the file is too large' };
  input.set(jpeg);
  return kernel.thumbnails({ ...request, size: jpeg.length });
}

/** One thumbnail in a square box, as its own bytes; whatever else comes of it is thrown. */
export function thumbnail(
  kernel: JpegCodec,
  jpeg: Uint8Array,
  side: number,
  options: Partial<JpegRequest> & { fit?: Fit; quality?: number } = {},
): Buffer {
  const { fit = 'inside', quality = 100, ...rest } = options;
  const result = run(kernel, jpeg, {
    targets: [{ box: { width: side, height: side }, fit, quality }],
    ...rest,
  });
  if (result.status !== 'ok') throw new Error(JSON.stringify(result));
  const [output] = result.outputs;
  if (!output) throw new Error('no output');
  return Buffer.from(output.bytes);
}

/** A target of the default quality in a square box. */
export function inside(side: number): JpegTarget {
  return { box: { width: side, height: side }, fit: 'inside', quality: 80 };
}
