import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { faintTexts } from './contrast.ts';
import { everyScreen } from './every-screen.ts';
import { expect, test } from './launch.ts';
import { unreachable } from './seen.ts';
import { steps } from './steps.ts';

test('with a contrast theme each screen keeps its texts, and what has the focus is seen', async ({
  app,
  folder,
  server,
}) => {
  const { page } = app;
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await everyScreen({ app, folder, server }, async (screen) => {
    // Colours change over a moment, when a tab is left.
    await expect.poll(() => faintTexts(page), { message: screen }).toEqual([]);
    expect(await hiddenFocus(page), screen).toEqual([]);
  });
});

test('in a window of 640 × 480, as at 200 % zoom in a larger one, each screen can be reached', async ({
  app,
  folder,
  server,
}) => {
  const { page } = app;
  const usual = page.viewportSize() ?? { width: 1200, height: 800 };
  await everyScreen({ app, folder, server }, async (screen) => {
    // What it was opened from is folded away with the panel.
    if (screen === 'host') return;
    await page.setViewportSize({ width: 640, height: 480 });
    expect(await unreachable(page), screen).toEqual([]);
    expect(await sideways(page), screen).toBe(0);
    await page.setViewportSize(usual);
  });
});

test('a change is seen for a fifth of a second at most, and not at all where a person wants no motion', async ({
  app,
}) => {
  const { page } = app;
  const longest = () =>
    page.evaluate(() =>
      Math.max(
        ...[...document.querySelectorAll('*')].flatMap((element) =>
          getComputedStyle(element)
            .transitionDuration.split(',')
            .map((text) => Number.parseFloat(text)),
        ),
      ),
    );
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await expect.poll(longest).toBeGreaterThan(0.05);
  expect(await longest()).toBeLessThanOrEqual(0.2);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await longest()).toBeLessThanOrEqual(0.001);
});

test('as many fishes of the mark swim as items are in flight, eight at most; none while it is paused', async ({
  app,
  folder,
  server,
}) => {
  const { page } = app;
  const see = steps(app);
  const swimming = page.getByRole('region', { name: 'Toolbar' }).locator('[data-swims]');
  const moving = () =>
    page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  server.gate.shut();
  await see.fetching(server.urls(40), join(folder, 'out'), { poolSize: 3, perHost: 20 });
  await expect(swimming).toHaveCount(3);
  await see.typePoolSize(16);
  await expect(swimming).toHaveCount(8);
  await expect.poll(moving).toBe(8);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect.poll(moving).toBe(0);
  await see.pause.click();
  await expect(swimming).toHaveCount(0);
  await see.resume.click();
  await expect(swimming).toHaveCount(8);
  server.gate.open();
  await see.finished('40 files');
  await expect(swimming).toHaveCount(0);
});

/** Controls that look the same with the focus as without it. */
function hiddenFocus(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const before = document.activeElement;
    const within = document.querySelector('dialog[open], [role="dialog"]') ?? document.body;
    const hidden = [...within.querySelectorAll<HTMLElement>('button, a[href], input, select, [tabindex="0"]')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      .flatMap((element) => {
        // What a click gave the focus shows none until a key gives it anew.
        element.blur();
        element.focus({ focusVisible: true, preventScroll: true } as FocusOptions);
        if (document.activeElement !== element) return [];
        // A radio of a row of choices, a slider's input: the frame is drawn by what stands for them.
        const frames = [element, element.nextElementSibling, element.parentElement];
        const isSeen = frames.some(
          (frame) => frame !== null && getComputedStyle(frame).outlineStyle !== 'none',
        );
        return isSeen ? [] : [`${element.getAttribute('aria-label') ?? element.outerHTML.slice(0, 120)}`];
      });
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    return hidden;
  });
}

/** By how many pixels the page is wider than the window. */
function sideways(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
}
