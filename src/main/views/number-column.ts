type Numbers = Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array;

/** A way to keep numbers. `unset` stands where there is none. */
interface Form {
  readonly make: (length: number) => Numbers;
  readonly unset: number;
  readonly holds: (value: number) => boolean;
}

/** The narrowest first. */
const exact: readonly Form[] = [
  wholeNumbers((length) => new Uint8Array(length), 0xff),
  wholeNumbers((length) => new Uint16Array(length), 0xffff),
  wholeNumbers((length) => new Uint32Array(length), 0xffff_ffff),
  { make: (length) => new Float64Array(length), unset: Number.NaN, holds: () => true },
];
const sevenDigits: readonly Form[] = [
  { make: (length) => new Float32Array(length), unset: Number.NaN, holds: () => true },
];

function wholeNumbers(make: Form['make'], unset: number): Form {
  return { make, unset, holds: (value) => Number.isInteger(value) && value >= 0 && value < unset };
}

const chunkItems = 4096;

interface Chunk {
  readonly form: Form;
  readonly numbers: Numbers;
}

/**
 * Numbers by the number of their item. They take as many bytes as the largest of their neighbours needs, and none where no
 * neighbour has one: most columns say nothing of most runs, and few numbers are large.
 */
export class NumberColumn {
  readonly #forms: readonly Form[];
  readonly #chunks: (Chunk | undefined)[] = [];

  /** @param precision seven digits take four bytes where the numbers are fractions, exact ones take eight. */
  constructor(precision: 'exact' | 'seven digits' = 'exact') {
    this.#forms = precision === 'exact' ? exact : sevenDigits;
  }

  set(index: number, value: number): void {
    const place = Math.floor(index / chunkItems);
    let chunk = this.#chunks[place];
    if (chunk === undefined || !chunk.form.holds(value)) {
      chunk = this.#widened(chunk, value);
      this.#chunks[place] = chunk;
    }
    chunk.numbers[index % chunkItems] = value;
  }

  /** Undefined where none was set. */
  at(index: number): number | undefined {
    const chunk = this.#chunks[Math.floor(index / chunkItems)];
    const value = chunk?.numbers[index % chunkItems];
    return value === chunk?.form.unset || Number.isNaN(value) ? undefined : value;
  }

  #widened(narrow: Chunk | undefined, value: number): Chunk {
    const from = narrow === undefined ? 0 : this.#forms.indexOf(narrow.form) + 1;
    const form = this.#forms.slice(from).find(({ holds }) => holds(value));
    if (form === undefined) throw new Error('Expected the widest form to hold every number.');
    const numbers = form.make(chunkItems).fill(form.unset);
    for (const [index, kept] of (narrow?.numbers ?? []).entries()) {
      if (kept !== narrow?.form.unset) numbers[index] = kept;
    }
    return { form, numbers };
  }
}
