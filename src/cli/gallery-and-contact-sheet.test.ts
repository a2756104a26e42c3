import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { makeSampleImages } from '../../test/images/sample-images.ts';
import { Shell } from '../../test/run-shoal.ts';
import { tempFolder } from '../../test/temp-folder.ts';

async function photos(count: number): Promise<{ readonly folder: string; readonly shell: Shell }> {
  const folder = tempFolder();
  await makeSampleImages(join(folder, 'photos'), { count });
  return { folder, shell: new Shell() };
}

/** The files that a page leads to. */
function filesOf(page: string): string[] {
  const addresses = [...readFileSync(page, 'utf8').matchAll(/<a href="([^"]+)"|\bsrc="([^"]+)"/g)];
  return addresses.map(([, link, image]) => fileURLToPath(new URL(link ?? image ?? '', pathToFileURL(page))));
}

describe('--gallery', () => {
  it('is a page of all thumbnails, with what a former run has made', async () => {
    const { folder, shell } = await photos(3);
    const gallery = join(folder, 'gallery.html');
    renameSync(
      join(folder, 'photos', readdirSync(join(folder, 'photos'))[0] ?? ''),
      join(folder, 'kept.jpg'),
    );
    await shell.run(['thumbs', 'photos'], { cwd: folder });
    renameSync(join(folder, 'kept.jpg'), join(folder, 'photos', '50% off, #1 "best"?.jpg'));
    const { code, stderr } = await shell.run(['thumbs', 'photos', '--gallery', gallery], { cwd: folder });
    expect(code, stderr).toBe(0);
    const files = filesOf(gallery);
    expect(files.filter((file) => existsSync(file))).toEqual(files);
    expect(new Set(files).size).toBe(3);
    expect(readFileSync(gallery, 'utf8')).toContain('alt="50% off, #1 &quot;best&quot;?.jpg"');
  });

  it('can be moved together with the thumbnails', async () => {
    const { folder, shell } = await photos(1);
    mkdirSync(join(folder, 'web'));
    const args = ['thumbs', 'photos', '--out', 'web/small', '--gallery', 'web/index.html'];
    expect((await shell.run(args, { cwd: folder })).code).toBe(0);
    renameSync(join(folder, 'web'), join(folder, 'moved'));
    const files = filesOf(join(folder, 'moved/index.html'));
    expect(files.length).toBeGreaterThan(0);
    expect(files.every((file) => existsSync(file))).toBe(true);
  });
});

describe('--contact-sheet', () => {
  it('is one page or several, as JPEG or PNG', async () => {
    const { folder, shell } = await photos(75);
    const run = (file: string) => shell.json(['thumbs', 'photos', '--contact-sheet', file], { cwd: folder });
    const made = await run('sheet.jpg');
    expect(made.code, made.stderr).toBe(0);
    expect(
      readdirSync(folder)
        .filter((name) => name !== 'photos')
        .toSorted(),
    ).toEqual(['sheet-2.jpg', 'sheet.jpg']);
    const { format, width, height, density } = await sharp(join(folder, 'sheet.jpg')).metadata();
    expect({ format, width, height, density }).toEqual({
      format: 'jpeg',
      width: 1240,
      height: 1754,
      density: 150,
    });
    // Pictures and captions are on it.
    const { dominant, channels } = await sharp(join(folder, 'sheet.jpg')).stats();
    expect(dominant.r + dominant.g + dominant.b).toBeGreaterThan(3 * 235);
    expect(Math.min(...channels.map(({ min }) => min))).toBeLessThan(60);
    expect((await run('sheet.png')).code).toBe(0);
    expect((await sharp(join(folder, 'sheet-2.png')).metadata()).format).toBe('png');
  });

  it('is one PDF of all pages, which shows what it has to every reader', async () => {
    const { folder, shell } = await photos(75);
    const args = ['thumbs', 'photos', '--format', 'avif', '--contact-sheet', 'sheet.pdf'];
    const { code, stderr } = await shell.run(args, { cwd: folder });
    expect(code, stderr).toBe(0);
    const pdf = readFileSync(join(folder, 'sheet.pdf'), 'latin1');
    expect(pdf).toMatch(/^%PDF-1\.[\s\S]*%%EOF\s*$/);
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(2);
    expect(pdf.match(/\/Subtype \/Image/g)).toHaveLength(75);
    const read = await shell.run(['thumbs', 'sheet.pdf', '--size', '600', '--format', 'png'], {
      cwd: folder,
    });
    expect(read.code, read.stderr).toBe(0);
  });

  it('says which names it has no letters for', async () => {
    const { folder, shell } = await photos(1);
    const [name = ''] = readdirSync(join(folder, 'photos'));
    renameSync(join(folder, 'photos', name), join(folder, 'photos', '写真.jpg'));
    const { code, stderr } = await shell.run(['thumbs', 'photos', '--contact-sheet', 'sheet.png'], {
      cwd: folder,
    });
    expect(code).toBe(0);
    expect(stderr).toMatch(/One name has letters that the contact sheet’s font lacks, such as 写真\.jpg/);
  });

  it('does not replace a file of somebody else by a further page', async () => {
    const { folder, shell } = await photos(75);
    writeFileSync(join(folder, 'sheet-2.jpg'), 'mine');
    const { summary } = await shell.json(['thumbs', 'photos', '--contact-sheet', 'sheet.jpg'], {
      cwd: folder,
    });
    expect(summary).toMatchObject({ sets: [{ files: [], error: { code: 'OUTPUT_EXISTS' } }] });
    expect(readFileSync(join(folder, 'sheet-2.jpg'), 'utf8')).toBe('mine');
    expect(existsSync(join(folder, 'sheet.jpg'))).toBe(false);
  });

  it('is of no other format, and nothing is made where one is asked for', async () => {
    const { folder, shell } = await photos(1);
    const { code, stderr } = await shell.run(['thumbs', 'photos', '--contact-sheet', 'sheet.gif'], {
      cwd: folder,
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(/sheet\.gif ends with none of \.pdf, \.jpg, \.jpeg, \.png/);
    expect(existsSync(join(folder, 'photos/thumbs'))).toBe(false);
  });
});
