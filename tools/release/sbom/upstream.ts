import type { Component } from './cyclonedx.ts';

/** What the WebAssembly in npm's packages is made of. These packages do not say which versions; sharp's do: told-versions.ts. */
const upstream: Readonly<
  Record<string, readonly (readonly [name: string, source: string, licence: string])[]>
> = {
  '@cornerstonejs/codec-openjpeg': [['OpenJPEG', 'https://github.com/uclouvain/openjpeg', 'BSD-2-Clause']],
  '@hyzyla/pdfium': [
    ['PDFium', 'https://pdfium.googlesource.com/pdfium', 'BSD-3-Clause'],
    ['Abseil', 'https://github.com/abseil/abseil-cpp', 'Apache-2.0'],
    ['Anti-Grain Geometry', 'https://pdfium.googlesource.com/pdfium/+/refs/heads/main/third_party/agg23', ''],
    ['FreeType', 'https://gitlab.freedesktop.org/freetype/freetype', 'FTL'],
    ['ICU', 'https://github.com/unicode-org/icu', 'Unicode-3.0'],
    ['Little CMS', 'https://github.com/mm2/Little-CMS', 'MIT'],
    ['libjpeg-turbo', 'https://github.com/libjpeg-turbo/libjpeg-turbo', 'IJG'],
    ['OpenJPEG', 'https://github.com/uclouvain/openjpeg', 'BSD-2-Clause'],
    ['zlib', 'https://github.com/madler/zlib', 'Zlib'],
  ],
  '@jsquash/jxl': [['libjxl', 'https://github.com/libjxl/libjxl', 'BSD-3-Clause']],
  '@jsquash/webp': [['libwebp', 'https://chromium.googlesource.com/webm/libwebp', 'BSD-3-Clause']],
  'libheif-js': [
    ['libheif', 'https://github.com/strukturag/libheif', 'LGPL-3.0-or-later'],
    ['libde265', 'https://github.com/strukturag/libde265', 'LGPL-3.0-or-later'],
  ],
};

/** @param ref the package's own, that those of its parts begin with. */
export function upstreamOf(packageName: string, ref: string): Component[] {
  return (upstream[packageName] ?? []).map(([name, url, id]) => ({
    'bom-ref': `${ref}#${name}`,
    type: 'library',
    name,
    ...(id !== '' && { licenses: [{ license: { id } }] }),
    externalReferences: [{ type: 'vcs', url }],
  }));
}
