/** Says an English text with its values: the window's `t`, in the language of the person, or `plain`. */
export type Say = (text: string, values?: Readonly<Record<string, string | number>>) => string;

const english = new Intl.NumberFormat('en');

/** The text in English, as the command line has it: `{{name}}` stands for a value, `{{count, number}}` for a number. */
export const plain: Say = (text, values = {}) =>
  text.replaceAll(/\{\{(\w+)(, number)?\}\}/g, (mark, name: string, isNumber?: string) => {
    const value = values[name];
    if (value === undefined) return mark;
    return isNumber === undefined ? String(value) : english.format(Number(value));
  });
