/** Text for between tags and within quotes. What cannot be seen, or must not be in a page, is shown as its symbol. */
export function escaped(text: string): string {
  return text.replace(/[&<>"'\p{Cc}\p{Cs}]/gu, (character) => named[character] ?? symbolOf(character));
}

const named: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Unicode has a picture of each of the first 32 control characters. */
function symbolOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\uFFFD';
}
