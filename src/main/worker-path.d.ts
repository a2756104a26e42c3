/** Of electron-vite: the run-time path of the bundle that it makes of the module. */
declare module '*?modulePath' {
  const path: string;
  export default path;
}
