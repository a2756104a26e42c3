/** Whether a `Content-Type` is that of pixels. SVG is text, and may hold images itself. */
export function isImageType(type: string | undefined): boolean {
  return type !== undefined && /^image\/(?!svg)/i.test(type);
}
