/**
 * Writes a PDF of one page, whose lower left corner of 100×100 points is red.
 * @param page further entries of the page.
 * @param trailer further entries of the trailer, and objects that they name, from number 5 on.
 */
export function writePdf(page: string, trailer = '', objects: readonly string[] = []): Buffer {
  const drawing = '1 0 0 rg 0 0 100 100 re f';
  const all = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    `<</Type/Page/Parent 2 0 R/Contents 4 0 R${page}>>`,
    `<</Length ${drawing.length}>>stream\n${drawing}\nendstream`,
    ...objects,
  ];
  let text = '%PDF-1.4\n';
  const places = all.map((object, i) => {
    const at = text.length;
    text += `${i + 1} 0 obj${object}endobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const at = text.length;
  text += `xref\n0 ${all.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  text += `trailer<</Size ${all.length + 1}/Root 1 0 R${trailer}>>\nstartxref\n${at}\n%%EOF`;
  return Buffer.from(text, 'latin1');
}
