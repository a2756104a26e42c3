import { expect, type LaunchedApp } from './launch.ts';

/** ", 84 MB → 485 kB", ", 412 MB". */
const sizes = /, [\d.,]+ \w*B( → [\d.,]+ \w*B)?/;

/** ", 75 × 75, whole → /photos/thumbs", " → /downloads". */
const recipeAndPlace = /(, [^\d,]*\d+ × \d+| →)[\s\S]*$/;

/** What a person sees and does, in words, so that specs read as what happens and a new layout changes one file. */
export const steps = (app: LaunchedApp) => {
  const { page } = app;
  const figures = page.getByRole('list', { name: 'Figures' });
  return {
    inputs: page.getByRole('list', { name: 'Inputs' }).getByRole('listitem'),
    /** "Make 12 thumbnails", "Download 3 files" … */
    preview: page.getByRole('region', { name: 'Preview' }).getByRole('heading'),
    report: page.getByRole('region', { name: 'Report' }),
    headline: page.getByRole('region', { name: 'Report' }).getByRole('heading').first(),
    /** A button for each cause of failures. */
    causes: page.getByRole('group', { name: 'Failures' }).getByRole('button'),
    figures,
    slider: page.getByRole('slider', { name: 'Pool size' }),
    typedPoolSize: page.getByRole('textbox', { name: 'Pool size, typed' }),
    progress: page.getByRole('progressbar', { name: 'Progress' }),
    grid: page.getByRole('listbox', { name: /^Items/ }),
    pause: page.getByRole('button', { name: 'Pause' }),
    resume: page.getByRole('button', { name: 'Resume' }),
    cancel: page.getByRole('button', { name: 'Cancel' }),
    layout: (name: 'Grid' | 'List') => page.locator('label').filter({ hasText: name }),

    /** How the pictures will be and where they go ends the sentence, and is another spec's matter. */
    async ready(headline: string | RegExp): Promise<void> {
      const words = async () =>
        (await this.preview.allInnerTexts()).join('').replace(recipeAndPlace, '').trim();
      const seen = expect.poll(words, { timeout: 20_000 });
      if (typeof headline === 'string') await seen.toBe(headline);
      else await seen.toMatch(headline);
    },
    /** Enter, with the focus on nothing of its own. */
    async start(): Promise<void> {
      await page.locator('main').click({ position: { x: 4, y: 4 } });
      await page.keyboard.press('Enter');
    },
    /** Where results go from now on, once the preview says so: what is started before that goes elsewhere. */
    async chooseOutput(out: string): Promise<void> {
      await app.answerOpenDialogs([out]);
      await page.getByRole('button', { name: 'Choose…' }).click();
      await expect(page.getByRole('region', { name: 'Preview' })).toContainText(out);
    },
    /** From now on nothing is looked at before it starts. */
    async startAtOnce(): Promise<void> {
      await page.keyboard.press('ControlOrMeta+,');
      await page.getByRole('checkbox', { name: 'Starts at once, without the preview' }).check();
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
    },
    /** Starts fetching a pasted list, in which as many at once are asked for as the pool and one host may have. */
    async fetching(
      urls: readonly string[],
      out: string,
      { poolSize, perHost, thumbnails = false }: { poolSize: number; perHost: number; thumbnails?: boolean },
    ): Promise<void> {
      await app.paste(urls.join('\n'));
      await this.ready(/^Download/);
      await this.chooseOutput(out);
      await page.getByRole('textbox', { name: 'Per host' }).fill(String(perHost));
      if (thumbnails) await page.getByRole('checkbox', { name: 'Make thumbnails of the files' }).check();
      await this.typePoolSize(poolSize);
      await this.start();
      await expect(this.pause).toBeVisible();
    },
    /** To the end, with Enter: a size that is half typed is none. */
    async typePoolSize(size: number): Promise<void> {
      await this.typedPoolSize.fill(String(size));
      await this.typedPoolSize.press('Enter');
    },
    async saveReport(format: RegExp): Promise<void> {
      await page.getByRole('button', { name: 'Save report' }).click();
      await page.getByRole('menuitem', { name: format }).click();
    },
    /** How much was read and written stands between the numbers, and is another spec's matter. */
    async finished(headline: string | RegExp): Promise<void> {
      const words = async () => (await this.headline.innerText()).replace(sizes, '');
      const seen = expect.poll(words, { timeout: 60_000 });
      if (typeof headline === 'string') await seen.toBe(headline);
      else await seen.toMatch(headline);
    },
    async ended(): Promise<number> {
      return Number((await this.progress.getAttribute('aria-valuenow')) ?? 0);
    },
    async inFlight(): Promise<number> {
      const text = await figures.getByText(/in flight/).textContent();
      return Number.parseInt(text ?? '0', 10);
    },
  };
};
