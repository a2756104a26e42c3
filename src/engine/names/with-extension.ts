import { extname } from 'node:path';
import { sniffImage } from '../../shared/image-formats.ts';
import { fitted } from '../../shared/naming/name-length.ts';

/** Types that servers send although they were never registered, and one that means no file of its own. */
const unregisteredTypes: Readonly<Record<string, string>> = {
  'image/jpg': 'jpg',
  'image/pjpeg': 'jpg',
  'image/x-jpeg': 'jpg',
  'image/x-jpg': 'jpg',
  'image/x-citrix-jpeg': 'jpg',
  'image/x-png': 'png',
  'image/x-citrix-png': 'png',
  'image/apng': 'png',
  'image/x-gif': 'gif',
  'image/x-webp': 'webp',
  'image/x-tiff': 'tiff',
  'image/tif': 'tiff',
  'image/x-tif': 'tiff',
  'image/svg': 'svg',
  'image/svg-xml': 'svg',
  'image/x-svg+xml': 'svg',
  'image/x-bmp': 'bmp',
  'image/x-ms-bmp': 'bmp',
  'image/x-windows-bmp': 'bmp',
  'image/x-icon': 'ico',
  'text/json': 'json',
  'text/x-json': 'json',
  'application/x-json': 'json',
  'application/x-pdf': 'pdf',
  'application/x-zip': 'zip',
  'application/x-zip-compressed': 'zip',
  'application/x-gzip': 'gz',
};

/**
 * Loaded when a name first lacks its extension: the table of types takes longer to make than a hundred files to fetch.
 */
const registeredTypes = async () => (await import('mime/lite')).default;

export function hasExtension(name: string): boolean {
  return extname(name).length > 1;
}

/**
 * Adds an extension to a name that has none: the type's, or where that says nothing of the file, the one of the image
 * format that its first bytes are in.
 * @param firstBytes reads them; called only if they are needed.
 */
export async function withExtension(
  name: string,
  contentType: string | undefined,
  firstBytes: () => Uint8Array,
): Promise<string> {
  if (hasExtension(name)) return name;
  const extension = (await extensionOfType(contentType)) ?? extensionOfBytes(firstBytes());
  return extension === undefined ? name : fitted(name, `.${extension}`);
}

async function extensionOfType(contentType: string | undefined): Promise<string | undefined> {
  const [type = ''] = (contentType ?? '').toLowerCase().split(';');
  const extension = unregisteredTypes[type.trim()] ?? (await registeredTypes()).getExtension(type.trim());
  // The type for bytes in general says nothing about the file.
  return !extension || extension === 'bin' ? undefined : extension;
}

function extensionOfBytes(bytes: Uint8Array): string | undefined {
  const format = sniffImage(bytes);
  return format?.extensions[0] ?? format?.renamed?.[0];
}
