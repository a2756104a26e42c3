export interface ChangeNotes {
  /** As 2026-11-30. */
  readonly date: string;
  /** What stands below the heading. */
  readonly text: string;
}

const heading = /^## (.*)$/;

/** What CHANGELOG.md says of a version. @throws unless there is a section with a date and something in it. */
export function notesOf(changelog: string, version: string): ChangeNotes {
  const sections = sectionsOf(changelog);
  const found = sections.filter(({ name }) => name === version);
  const [section] = found;
  if (section === undefined) {
    throw new Error(`CHANGELOG.md has no section "## ${version} - YYYY-MM-DD".`);
  }
  if (found.length > 1) throw new Error(`CHANGELOG.md has ${found.length} sections for ${version}.`);
  const { date } = section;
  if (date === undefined) {
    throw new Error(`CHANGELOG.md has no date behind ${version}: "## ${version} - YYYY-MM-DD".`);
  }
  if (section.text === '') throw new Error(`CHANGELOG.md says nothing of ${version}.`);
  return { date, text: section.text };
}

/** What waits for a version. It has to have gone into the section of the version that is released. */
export function unreleasedOf(changelog: string): string {
  return sectionsOf(changelog).find(({ name }) => name === 'Unreleased')?.text ?? '';
}

export interface Section {
  /** The version, or `Unreleased`. */
  readonly name: string;
  readonly date: string | undefined;
  readonly text: string;
}

/** What stands under the headings of a changelog. */
export function sectionsOf(changelog: string): Section[] {
  const sections: { title: string; lines: string[] }[] = [];
  for (const line of changelog.split(/\r?\n/)) {
    const title = heading.exec(line)?.[1];
    if (title !== undefined) sections.push({ title: title.trim(), lines: [] });
    else sections.at(-1)?.lines.push(line);
  }
  return sections.map(({ title, lines }) => ({
    name: nameOf(title),
    date: dateOf(title),
    text: lines.join('\n').trim(),
  }));
}

/** `[1.2.3] - 2026-11-30` and `1.2.3 - 2026-11-30` are 1.2.3. */
function nameOf(title: string): string {
  return title.replace(/ - .*$/, '').replace(/^\[(.*)\]$/, '$1');
}

function dateOf(title: string): string | undefined {
  const date = / - (\d{4}-\d{2}-\d{2})$/.exec(title)?.[1];
  return date !== undefined && isDay(date) ? date : undefined;
}

function isDay(date: string): boolean {
  const time = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(date);
}
