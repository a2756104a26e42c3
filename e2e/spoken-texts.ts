import type { Page } from '@playwright/test';

const attributes = [
  ...['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext'],
  ...['title', 'placeholder', 'alt'],
];

/** All that the page says, to the eye and to a screen reader: what is folded away or only announced as well. */
export async function spokenTexts(page: Page): Promise<string[]> {
  const texts = await page.evaluate((names) => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      // Nobody hears the label of what is hidden from screen readers.
      if (node instanceof Element) {
        const heard = node.closest('[aria-hidden="true"]') === null;
        if (heard) found.push(...names.map((name) => node.getAttribute(name) ?? ''));
      } else if (node.parentElement?.closest('script, style, noscript') === null)
        found.push(node.nodeValue ?? '');
    }
    return found;
  }, attributes);
  return [...new Set(texts.map((text) => text.trim().replace(/\s+/g, ' ')))].filter((text) => text !== '');
}

/**
 * The texts of a language that are those of another one word for word, whatever their numbers.
 * @param names what is no word of either: it is taken out of a text before that is looked at.
 * @param alike texts that both languages have.
 */
export function sameInBoth(
  texts: readonly string[],
  others: readonly string[],
  { names, alike }: { readonly names: readonly RegExp[]; readonly alike: ReadonlySet<string> },
): string[] {
  const inOther = new Set(others.map(withoutNumbers));
  const wordsOf = (text: string) => names.reduce((rest, name) => rest.replaceAll(name, ''), text);
  return texts.filter(
    (text) => inOther.has(withoutNumbers(text)) && !alike.has(text) && /\p{L}{2}/u.test(wordsOf(text)),
  );
}

/** How long something took, or how large it is, is another number each time. */
function withoutNumbers(text: string): string {
  return text.replaceAll(/\d+(?:[.,]\d+)*/g, '0');
}
