/**
 * Names that Windows takes for devices, with any extension, with spaces before it, and with the superscript digits of
 * Latin-1, which it counts as digits (Microsoft: "Naming Files, Paths, and Namespaces").
 */
const device = /^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$|clock\$) *(\.|:|$)/i;

export function isDeviceName(name: string): boolean {
  return device.test(name);
}
