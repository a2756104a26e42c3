import { CompiledModule, type TargetPlace } from '../common/compiled-module.ts';
import { kernelBase64 } from './kernel-binary.ts';

/** The exports of the WebAssembly module; see assembly/index.ts. Numbers are 32-bit unless stated otherwise. */
export interface JpegExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  input(bytes: number): number;
  open(bytes: number, tolerant: number, dry: number): number;
  width(): number;
  height(): number;
  addTarget(...place: [...TargetPlace, quality: number, pixels: number]): number;
  run(orientation: number, reduction: number): number;
  encodeAgain(index: number, quality: number): number;
  warning(): number;
  output(index: number): number;
  outputLength(index: number): number;
  outputChannels(index: number, orientation: number): number;
  outputColour(index: number): number;
  guardsIntact(): number;
}

/** 26 KB, compiled synchronously in a few milliseconds: a worker's task has nothing to await. */
export const jpegModule = new CompiledModule<JpegExports>(kernelBase64);
