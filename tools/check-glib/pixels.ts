/** Writes an image's pixels to standard output. See ../check-glib.ts. */
import sharp from 'sharp';

process.stdout.write(await sharp(process.argv[2]).ensureAlpha().raw().toBuffer());
