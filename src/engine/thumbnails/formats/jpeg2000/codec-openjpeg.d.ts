/** The package has no types; `jpeg2000-reader.ts` tells those of what it uses. */
declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  const load: unknown;
  export default load;
}
