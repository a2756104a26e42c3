import { CompiledModule, type TargetPlace } from '../common/compiled-module.ts';
import { kernelBase64 } from './kernel-binary.ts';

/** The exports of the WebAssembly module; see assembly/index.ts. Numbers are 32-bit unless stated otherwise. */
export interface PngExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  input(bytes: number, inflated: number): number;
  inflateInput(): number;
  takeScanlines(): number;
  scanlinesAt(): number;
  coloursAt(): number;
  open(
    width: number,
    height: number,
    bitDepth: number,
    colourType: number,
    lookedUp: number,
    transparent: number,
    transparentColour: number,
  ): number;
  addTarget(...place: TargetPlace): number;
  run(orientation: number, scaled: number, opaque: number, filtered: number): number;
  output(index: number): number;
  outputLength(index: number): number;
  outputChannels(index: number, orientation: number): number;
  outputColour(index: number): number;
  guardsIntact(): number;
}

/** 14 KB, compiled when a thread meets its first PNG. */
export const pngModule = new CompiledModule<PngExports>(kernelBase64);
