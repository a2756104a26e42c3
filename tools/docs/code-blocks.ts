/** A block of code in a page. */
export interface CodeBlock {
  /** The heading that it stands under. */
  readonly section: string;
  readonly language: string;
  /** What stands behind the language, such as `run count.mjs`: pages that show Markdown leave it out. */
  readonly words: readonly string[];
  readonly code: string;
}

/** The blocks of code of a page in Markdown, in their order. */
export function codeBlocks(page: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let section = '';
  for (const [, heading, info = '', code = ''] of page.matchAll(
    /^#+ (.+)$|^```(.*)\n(?<code>(?:.*\n)*?)```$/gm,
  )) {
    if (heading !== undefined) {
      section = heading;
      continue;
    }
    const [language = '', ...words] = info.split(' ');
    blocks.push({ section, language, words, code });
  }
  return blocks;
}
