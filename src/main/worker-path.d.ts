/** electron-vite's: the path, at run time, of the bundle it makes of the module. */
declare module '*?modulePath' {
  const path: string;
  export default path;
}
