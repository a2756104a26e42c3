import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

/** The attributes of an element by their names, in lower case; of two of one name the first counts. */
export type Attributes = Readonly<Record<string, string>>;

/** The most attributes of an element, and the longest value in characters, that are kept. */
const mostAttributes = 200;
const longestValue = 256 * 1024;

/**
 * Tells the elements of an HTML text, by where they begin. Where they end does not matter here: so nothing is kept of the
 * elements that are open, of which a page can have any number, and the time for a page grows with its length alone.
 */
export function forEachElement(html: string, tell: (name: string, attributes: Attributes) => void): void {
  new Tokenizer({ xmlMode: false, decodeEntities: true }, new ElementReader(html, tell)).write(html);
}

class ElementReader implements TokenizerCallbacks {
  readonly #html: string;
  readonly #tell: (name: string, attributes: Attributes) => void;
  #name = '';
  #attributes: Record<string, string> = Object.create(null);
  #count = 0;
  #attribute = '';
  #value = '';

  constructor(html: string, tell: (name: string, attributes: Attributes) => void) {
    this.#html = html;
    this.#tell = tell;
  }

  onopentagname(start: number, end: number): void {
    this.#name = this.#html.slice(start, end).toLowerCase();
    this.#attributes = Object.create(null);
    this.#count = 0;
  }

  onattribname(start: number, end: number): void {
    this.#attribute = this.#html.slice(start, end).toLowerCase();
    this.#value = '';
  }

  onattribdata(start: number, end: number): void {
    if (this.#value.length < longestValue) this.#value += this.#html.slice(start, end);
  }

  onattribentity(codepoint: number): void {
    if (this.#value.length < longestValue) this.#value += String.fromCodePoint(codepoint);
  }

  onattribend(): void {
    if (this.#count >= mostAttributes || this.#attribute in this.#attributes) return;
    this.#attributes[this.#attribute] = this.#value;
    this.#count += 1;
  }

  onopentagend(): void {
    this.#tell(this.#name, this.#attributes);
  }

  onselfclosingtag(): void {
    this.#tell(this.#name, this.#attributes);
  }

  // What is between the elements does not matter.
  oncdata(): void {}
  onclosetag(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onend(): void {}
  onprocessinginstruction(): void {}
  ontext(): void {}
  ontextentity(): void {}
}
