import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appId } from '../../resources/builder/app-id.ts';
import { type Release, releasesOf } from './releases.ts';

const screenshots = [
  { file: 'working-light.png', caption: 'A run at work', german: 'Ein Lauf bei der Arbeit' },
  { file: 'finished-dark.png', caption: 'A finished run', german: 'Ein fertiger Lauf' },
  {
    file: 'inspector-light.png',
    caption: 'A result over its original',
    german: 'Ein Ergebnis über seinem Original',
  },
];

/** What software centres show of the app, in AppStream's form: from package.json and the changelog. */
export function metainfoOf(root: string): string {
  const read = (name: string) => readFileSync(join(root, name), 'utf8');
  const { author, license, homepage, bugs } = JSON.parse(read('package.json'));
  const address = homepage.replace(/#.*$/, '');
  const pictures = `${address.replace('//github.com/', '//raw.githubusercontent.com/')}/main/docs/screenshots`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<!-- Written by node tools/linux/write-files.ts -->
<component type="desktop-application">
  <id>${appId}</id>
  <name>Shoal</name>
  <summary>Thumbnails of folders, files from lists of URLs</summary>
  <summary xml:lang="de">Vorschaubilder ganzer Ordner, Dateien aus URL-Listen</summary>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>${license}</project_license>
  <developer id="${appId.replace(/\.[^.]+$/, '')}">
    <name>${escaped(author)}</name>
  </developer>
  <description>
    <p>Drop a folder of images and get thumbnails. Paste a list of URLs and get the files. Shoal works on many items at once and finds by itself how many that should be.</p>
    <p xml:lang="de">Einen Ordner mit Bildern ablegen und Vorschaubilder erhalten. Eine Liste von URLs einfügen und die Dateien erhalten. Shoal arbeitet an vielen Einträgen zugleich und findet selbst heraus, an wie vielen.</p>
    <ul>
      <li>Reads JPEG, PNG, WebP, AVIF, HEIC, camera raw, PDF and many more</li>
      <li xml:lang="de">Liest JPEG, PNG, WebP, AVIF, HEIC, Rohdaten von Kameras, PDF und viele mehr</li>
      <li>Shows before the start what would be made</li>
      <li xml:lang="de">Zeigt vor dem Start, was gemacht würde</li>
      <li>Skips what is done already, and goes on with what was interrupted</li>
      <li xml:lang="de">Überspringt, was schon gemacht ist, und setzt fort, was unterbrochen wurde</li>
      <li>Tells of each item that fails why it did, and what can be done</li>
      <li xml:lang="de">Sagt zu jedem fehlgeschlagenen Eintrag die Ursache, und was zu tun ist</li>
    </ul>
    <p>The same is there on the command line, as shoal.</p>
    <p xml:lang="de">Dasselbe gibt es auf der Befehlszeile, als shoal.</p>
  </description>
  <launchable type="desktop-id">${appId}.desktop</launchable>
  <icon type="stock">${appId}</icon>
  <categories>
    <category>Graphics</category>
    <category>Photography</category>
  </categories>
  <url type="homepage">${escaped(address)}</url>
  <url type="bugtracker">${escaped(bugs)}</url>
  <url type="vcs-browser">${escaped(address)}</url>
  <provides>
    <binary>shoal</binary>
  </provides>
  <requires>
    <display_length compare="ge">640</display_length>
  </requires>
  <supports>
    <control>pointing</control>
    <control>keyboard</control>
    <control>touch</control>
  </supports>
  <content_rating type="oars-1.1"/>
  <screenshots>
${screenshots.map((each, place) => screenshot(each, place === 0, pictures)).join('\n')}
  </screenshots>
  <releases>
${releasesOf(read('CHANGELOG.md')).map(release).join('\n')}
  </releases>
</component>
`;
}

function screenshot(
  { file, caption, german }: (typeof screenshots)[number],
  isFirst: boolean,
  pictures: string,
): string {
  return `    <screenshot${isFirst ? ' type="default"' : ''}>
      <caption>${caption}</caption>
      <caption xml:lang="de">${german}</caption>
      <image type="source">${pictures}/${file}</image>
    </screenshot>`;
}

function release({ version, date, news }: Release): string {
  const items = news.map((each) => `        <li>${escaped(each)}</li>\n`).join('');
  return `    <release version="${version}" date="${date}">
      <description>
        <p>New are, among others:</p>
        <ul>
${items}        </ul>
      </description>
    </release>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
