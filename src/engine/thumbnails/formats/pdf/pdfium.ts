import { PDFiumModule } from '@hyzyla/pdfium';
import { ItemError } from '../../../../shared/failure.ts';
import { WasmLibrary } from '../wasm-library.ts';

/** The functions of PDFium (`fpdfview.h`) that are used; pointers and handles are numbers, 0 for none. */
export interface Pdfium {
  readonly HEAPU8: Uint8Array<ArrayBuffer>;
  readonly wasmExports: {
    malloc(bytes: number): number;
    free(pointer: number): void;
  };
  _FPDF_InitLibrary(): void;
  _FPDF_LoadMemDocument(bytes: number, length: number, password: number): number;
  _FPDF_GetLastError(): number;
  _FPDF_GetPageCount(document: number): number;
  _FPDF_LoadPage(document: number, index: number): number;
  _FPDF_GetPageWidth(page: number): number;
  _FPDF_GetPageHeight(page: number): number;
  _FPDF_ClosePage(page: number): void;
  _FPDF_CloseDocument(document: number): void;
  _FPDFBitmap_CreateEx(width: number, height: number, format: number, pixels: number, stride: number): number;
  _FPDFBitmap_FillRect(
    bitmap: number,
    left: number,
    top: number,
    width: number,
    height: number,
    argb: number,
  ): void;
  _FPDFBitmap_Destroy(bitmap: number): void;
  _FPDF_RenderPageBitmap(
    bitmap: number,
    page: number,
    left: number,
    top: number,
    width: number,
    height: number,
    rotate: number,
    flags: number,
  ): void;
}

const library = new WasmLibrary<Pdfium>(PDFiumModule, 'pdf');
const initialised = new WeakSet<object>();

/** Calls `use` with PDFium. @throws ItemError `OUT_OF_MEMORY`, and what `use` throws. */
export function withPdfium<Value>(name: string, use: (pdfium: Pdfium) => Value): Promise<Value> {
  return library.call(name, (pdfium) => {
    if (!initialised.has(pdfium)) pdfium._FPDF_InitLibrary();
    initialised.add(pdfium);
    return use(pdfium as Pdfium);
  });
}

/** @throws ItemError `OUT_OF_MEMORY` */
export function allocate(pdfium: Pdfium, bytes: number, name: string): number {
  const pointer = pdfium.wasmExports.malloc(bytes);
  if (pointer === 0)
    throw new ItemError('OUT_OF_MEMORY', `${name} needs more memory than its decoder can have.`);
  return pointer;
}
