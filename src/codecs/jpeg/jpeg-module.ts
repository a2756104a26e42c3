import { CompiledModule, type TargetPlace } from '../common/compiled-module.ts';
import { kernelBase64 } from './kernel-binary.ts';

/** What the WebAssembly module exports; see assembly/index.ts. Numbers are 32-bit unless they say otherwise. */
export interface JpegExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  input(bytes: number): number;
  open(bytes: number, tolerant: number): number;
  width(): number;
  height(): number;
  addTarget(...place: [...TargetPlace, quality: number]): number;
  run(orientation: number, reduction: number): number;
  warning(): number;
  output(index: number): number;
  outputLength(index: number): number;
  guardsIntact(): number;
}

/** 26 KB, compiled in a few milliseconds, and nothing to await in a worker's task. */
export const jpegModule = new CompiledModule<JpegExports>(kernelBase64);
