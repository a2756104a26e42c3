import type { Page } from '@playwright/test';

/** The least contrast of text with what is behind it (WCAG 2, AA). */
const least = 4.5;

/** Every text that a person can see on the page, placeholders too, whose contrast is too low, with its colours. */
export function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate((wanted) => {
    type Colour = readonly [red: number, green: number, blue: number, alpha: number];
    const canvas = document.createElement('canvas');
    canvas.width = 1;
    canvas.height = 1;
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    if (pen === null) throw new Error('There is no canvas.');
    const read = (colour: string): Colour => {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0, alpha = 0] = pen.getImageData(0, 0, 1, 1).data;
      return [red, green, blue, alpha / 255];
    };
    const over = (top: Colour, below: Colour): Colour => {
      const mix = (at: 0 | 1 | 2) => top[at] * top[3] + below[at] * (1 - top[3]);
      return [mix(0), mix(1), mix(2), 1];
    };
    const surfaceOf = (element: Element | null): Colour => {
      if (element === null) return [255, 255, 255, 1];
      const own = read(getComputedStyle(element).backgroundColor);
      return own[3] === 1 ? own : over(own, surfaceOf(element.parentElement));
    };
    const luminance = (colour: Colour): number => {
      const part = (value: number) => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      };
      return 0.2126 * part(colour[0]) + 0.7152 * part(colour[1]) + 0.0722 * part(colour[2]);
    };
    const contrast = (one: Colour, other: Colour): number => {
      const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
      return (light + 0.05) / (dark + 0.05);
    };
    const faint: string[] = [];
    const look = (element: Element, text: string, colour: string) => {
      // What cannot be used may be faint.
      if (element.closest(':disabled, [data-disabled], [aria-disabled="true"]') !== null) return;
      const surface = surfaceOf(element);
      const ratio = contrast(over(read(colour), surface), surface);
      if (ratio < wanted)
        faint.push(`${text.trim().slice(0, 40)}: ${ratio.toFixed(2)}, ${colour} on ${surface}`);
    };
    for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const texts = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
      const text = texts.map((node) => node.textContent ?? '').join('');
      if (text.trim() !== '' && element.tagName !== 'TITLE')
        look(element, text, getComputedStyle(element).color);
      if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) continue;
      const written = !['checkbox', 'radio'].includes(element.type) && element.value !== '';
      if (written) look(element, element.value, getComputedStyle(element).color);
      if (element.placeholder !== '') {
        look(element, element.placeholder, getComputedStyle(element, '::placeholder').color);
      }
    }
    return faint;
  }, least);
}
