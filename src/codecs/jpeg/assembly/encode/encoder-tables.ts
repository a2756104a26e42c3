/** The headers before the entropy-coded data, and the codes of the standard tables (T.81 K.3). */
import {
  standardAcChrominance,
  standardAcLuminance,
  standardChrominance,
  standardDcChrominance,
  standardDcLuminance,
  standardLuminance,
  tableLength,
  zigzag,
} from '../format/tables';

/** u32 by symbol: length << 16 | code. DC and AC of luminance, DC and AC of chrominance. */
const codes = memory.data(4 * 256 * 4);
/** f32, transposed (8 u + v): the factor for each coefficient of the forward DCT. Luminance, then chrominance. */
const factors = memory.data(2 * 64 * 4, 16);
/** u8, natural order. */
const steps = memory.data(2 * 64);
let quality: i32 = 0;
let codesBuilt: bool = false;

export function codesOf(chroma: bool, ac: bool): usize {
  return codes + ((<usize>((chroma ? 2 : 0) + (ac ? 1 : 0))) << 10);
}

export function factorsOf(chroma: bool): usize {
  return factors + (chroma ? 256 : 0);
}

/** Annex C: assigns codes in order of length. */
function buildCodes(table: usize, to: usize): void {
  let code = 0;
  let value = table + 17;
  for (let length = 1; length <= 16; length++) {
    const count = <i32>load<u8>(table + <usize>length);
    for (let i = 0; i < count; i++) {
      store<u32>(to + ((<usize>load<u8>(value)) << 2), <u32>((length << 16) | code));
      code++;
      value++;
    }
    code <<= 1;
  }
}

/** `unit`: the unit of the forward DCT's results. Quality scales K.1 and K.2 as libjpeg's jpeg_set_quality does. */
export function prepareTables(wanted: i32, unit: f32): void {
  if (!codesBuilt) {
    buildCodes(standardDcLuminance, codesOf(false, false));
    buildCodes(standardAcLuminance, codesOf(false, true));
    buildCodes(standardDcChrominance, codesOf(true, false));
    buildCodes(standardAcChrominance, codesOf(true, true));
    codesBuilt = true;
  }
  if (quality === wanted) return;
  quality = wanted;
  const scale = wanted < 50 ? 5000 / wanted : 200 - wanted * 2;
  for (let i: usize = 0; i < 128; i++) {
    const base = <i32>load<u8>(i < 64 ? standardLuminance + i : standardChrominance + i - 64);
    const step = min(max((base * scale + 50) / 100, 1), 255);
    store<u8>(steps + i, <u8>step);
    const transposed = (i & 64) | ((i & 7) << 3) | ((i >> 3) & 7);
    store<f32>(factors + (transposed << 2), unit / <f32>step);
  }
}

function putWord(at: usize, value: i32): usize {
  store<u8>(at, <u8>(value >> 8));
  store<u8>(at + 1, <u8>value);
  return at + 2;
}

function putHuffmanTable(at: usize, table: usize): usize {
  const length = <usize>tableLength(table + 1) + 1;
  at = putWord(at, 0xffc4);
  at = putWord(at, <i32>length + 2);
  memory.copy(at, table, length);
  return at + length;
}

function putQuantisationTable(at: usize, destination: i32): usize {
  at = putWord(at, 0xffdb);
  at = putWord(at, 67);
  store<u8>(at, <u8>destination);
  for (let k: usize = 0; k < 64; k++) {
    store<u8>(at + 1 + k, load<u8>(steps + <usize>(destination << 6) + <usize>load<u8>(zigzag + k)));
  }
  return at + 65;
}

/** SOI, JFIF's APP0, DQT, SOF0, DHT and SOS (B.2). At most 700 bytes. */
export function putHeaders(at: usize, width: i32, height: i32, grey: bool): usize {
  const components = grey ? 1 : 3;
  at = putWord(at, 0xffd8);
  at = putWord(at, 0xffe0);
  at = putWord(at, 16);
  store<u32>(at, 0x4649464a); // "JFIF"
  store<u8>(at + 4, 0);
  // Version 1.1, no unit, pixels are square, no thumbnail.
  at = putWord(putWord(putWord(at + 5, 0x0101), 0x0000), 0x0100);
  at = putWord(at, 0x0100);
  store<u8>(at, 0);
  at++;
  at = putQuantisationTable(at, 0);
  if (!grey) at = putQuantisationTable(at, 1);
  at = putWord(at, 0xffc0);
  at = putWord(at, 8 + 3 * components);
  store<u8>(at, 8);
  at = putWord(putWord(at + 1, height), width);
  store<u8>(at, <u8>components);
  at++;
  for (let i = 0; i < components; i++) {
    store<u8>(at, <u8>(i + 1));
    store<u8>(at + 1, i === 0 && !grey ? 0x22 : 0x11);
    store<u8>(at + 2, i === 0 ? 0 : 1);
    at += 3;
  }
  at = putHuffmanTable(at, standardDcLuminance);
  at = putHuffmanTable(at, standardAcLuminance);
  if (!grey) {
    at = putHuffmanTable(at, standardDcChrominance);
    at = putHuffmanTable(at, standardAcChrominance);
  }
  at = putWord(at, 0xffda);
  at = putWord(at, 6 + 2 * components);
  store<u8>(at, <u8>components);
  at++;
  for (let i = 0; i < components; i++) {
    store<u8>(at, <u8>(i + 1));
    store<u8>(at + 1, i === 0 ? 0x00 : 0x11);
    at += 2;
  }
  // Ss, Se, Ah and Al of a sequential scan.
  at = putWord(at, 0x003f);
  store<u8>(at, 0);
  return at + 1;
}
