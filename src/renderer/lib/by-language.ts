import { language } from '../../languages/translate.ts';

/** What is costly to make for a language, as the formats of `Intl` are, and asked for with each row of a list. */
export function byLanguage<Made>(make: (language: string) => Made): () => Made {
  const made = new Map<string, Made>();
  return () => {
    const spoken = language();
    let one = made.get(spoken);
    if (one === undefined) {
      one = make(spoken);
      made.set(spoken, one);
    }
    return one;
  };
}
