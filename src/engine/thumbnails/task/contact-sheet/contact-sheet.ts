import sharp from 'sharp';
import type { TaskContext } from '../../../pool/threads/protocol.ts';

/** In pixels of the page. */
interface PictureOfPage {
  readonly path: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ContactSheetPayload {
  readonly pictures: readonly PictureOfPage[];
  /** The page that they are put on. Without one they are made each by itself, as JPEG. */
  readonly page?: {
    readonly width: number;
    readonly height: number;
    readonly pixelsAnInch: number;
    readonly format: 'jpeg' | 'png';
    /** SVG that is put above them. */
    readonly texts: string;
  };
}

/** The page, or the pictures; and how many could not be read, which are grey. */
export interface DrawnSheet {
  readonly images: readonly Uint8Array[];
  readonly unreadable: number;
}

const white = '#ffffff';
const grey = 0xe4;
const quality = 90;

/** The task `contact-sheet`. */
export async function contactSheetTask(payload: unknown, { signal }: TaskContext): Promise<DrawnSheet> {
  const { pictures, page } = payload as ContactSheetPayload;
  const ground = page && Buffer.alloc(page.width * page.height * 3, 0xff);
  const images: Uint8Array[] = [];
  let unreadable = 0;
  for (const picture of pictures) {
    signal.throwIfAborted();
    const pixels = await pixelsOf(picture);
    if (!pixels) unreadable += 1;
    const shown = pixels ?? Buffer.alloc(picture.width * picture.height * 3, grey);
    if (ground && page) putOn(ground, page.width, shown, picture);
    else images.push(await rawImage(shown, picture).jpeg({ quality, mozjpeg: false }).toBuffer());
  }
  if (ground && page) images.push(await finished(ground, page));
  return { images, unreadable };
}

/** On white where it can be looked through. @returns undefined where it cannot be read: somebody has removed or changed it. */
async function pixelsOf({ path, width, height }: PictureOfPage): Promise<Buffer | undefined> {
  try {
    return await sharp(path)
      .autoOrient()
      .resize(width, height, { fit: 'fill' })
      .flatten({ background: white })
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer();
  } catch {
    return undefined;
  }
}

function putOn(ground: Buffer, across: number, pixels: Buffer, { x, y, width, height }: PictureOfPage): void {
  for (let row = 0; row < height; row += 1) {
    pixels.copy(ground, ((y + row) * across + x) * 3, row * width * 3, (row + 1) * width * 3);
  }
}

async function finished(
  ground: Buffer,
  { width, height, pixelsAnInch, format, texts }: NonNullable<ContactSheetPayload['page']>,
): Promise<Buffer> {
  const drawn = rawImage(ground, { width, height })
    .composite([{ input: Buffer.from(texts), left: 0, top: 0 }])
    .withMetadata({ density: pixelsAnInch });
  return format === 'png' ? drawn.png().toBuffer() : drawn.jpeg({ quality }).toBuffer();
}

function rawImage(pixels: Buffer, { width, height }: { readonly width: number; readonly height: number }) {
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}
