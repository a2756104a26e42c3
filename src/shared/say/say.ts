/** What stands for the names in a text. */
type SaidValues = Readonly<Record<string, string | number>>;

/**
 * Says an English text with its values: `{{name}}` stands for one, `{{count, number}}` for a number as it is written.
 * The window passes `t` of its catalogues, which know how `count` changes a text. `one`: the text where `count` is 1.
 */
export type Say = (text: string, values?: SaidValues, one?: string) => string;

const placeholder = /\{\{(\w+)(?:, (number)(?:\((.*?)\))?)?\}\}/g;

/** Says it in English, as the terminal does. */
export const plain: Say = (text, values = {}, one = text) =>
  (values.count === 1 ? one : text).replace(placeholder, (_, name: string, format?: string, options = '') => {
    const value = values[name] ?? '';
    return format === undefined ? String(value) : Number(value).toLocaleString('en', optionsOf(options));
  });

/** "useGrouping: false; minimumFractionDigits: 2", as catalogues write what `Intl` takes. */
function optionsOf(written: string): Intl.NumberFormatOptions {
  const pairs = written.split(';').filter((pair) => pair !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = '', value = ''] = pair.split(':').map((part) => part.trim());
      return [name, value === 'true' || value === 'false' ? value === 'true' : Number(value)];
    }),
  );
}
