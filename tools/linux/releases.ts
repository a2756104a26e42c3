import { sectionsOf } from '../release/change-notes.ts';

/** A released version, as the changelog has it. */
export interface Release {
  readonly version: string;
  readonly date: string;
  /** The first sentences of the first points. */
  readonly news: readonly string[];
}

/** So many points of a release are told: what is read in a software centre is short. */
const mostNews = 6;

/** The versions under a heading with their date, `## 0.2.0 - 2026-12-01`, the newest first. */
export function releasesOf(changelog: string): Release[] {
  return sectionsOf(changelog).flatMap(({ name, date, text }) => {
    if (date === undefined) return [];
    const news = text
      .split(/^- /m)
      .slice(1, 1 + mostNews)
      .map(firstSentence);
    return [{ version: name, date, news }];
  });
}

/** Of a point of a list, without Markdown. */
function firstSentence(point: string): string {
  const text = point
    .split(/\n(?=\n|#)/)[0]
    ?.replace(/\s+/g, ' ')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .trim();
  return /^.*?[.!?](?= \p{Lu}|$)/u.exec(text ?? '')?.[0] ?? text ?? '';
}
